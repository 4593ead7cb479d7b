/** Talking to Vault: one request and its answer, within a deadline and a size, with nothing of either in an error. */
package io.jenkins.plugins.awssecrets.engine.source.vault.http;
