/** Authentication with Vault: one class a method, and the tokens that builds read with. */
package io.jenkins.plugins.awssecrets.engine.source.vault.login;
