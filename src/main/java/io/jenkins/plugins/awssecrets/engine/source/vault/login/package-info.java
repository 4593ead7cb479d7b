/** Logging in to Vault: one class a method, and the session that keeps its token alive. */
package io.jenkins.plugins.awssecrets.engine.source.vault.login;
