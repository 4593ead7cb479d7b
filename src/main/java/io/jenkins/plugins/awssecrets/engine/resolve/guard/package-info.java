/** What stands between the callers of a source and a backend that is down, slow or asked by many at once. */
package io.jenkins.plugins.awssecrets.engine.resolve.guard;
