/** The session of a source with Vault: keeps a token alive, whoever logs in for it, and sends requests with it. */
package io.jenkins.plugins.awssecrets.engine.source.vault.session;
