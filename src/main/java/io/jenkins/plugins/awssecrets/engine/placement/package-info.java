/** Where to keep what: what a placement costs, what may move, and what should rotate; told from metadata alone. */
package io.jenkins.plugins.awssecrets.engine.placement;
