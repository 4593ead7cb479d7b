/** JSON texts as trees. */
package io.jenkins.plugins.awssecrets.engine.json;
