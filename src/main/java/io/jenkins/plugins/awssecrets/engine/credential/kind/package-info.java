/** The kinds of credential: one class each, registered in {@link io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds}. */
package io.jenkins.plugins.awssecrets.engine.credential.kind;
