/** Credentials: kinds, definitions, and how their fields are composed from several sources. */
package io.jenkins.plugins.awssecrets.engine.credential;
