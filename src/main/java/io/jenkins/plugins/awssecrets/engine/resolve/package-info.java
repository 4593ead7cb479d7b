/** Resolving: what a build asked for, fetched in batches, all or nothing. */
package io.jenkins.plugins.awssecrets.engine.resolve;
