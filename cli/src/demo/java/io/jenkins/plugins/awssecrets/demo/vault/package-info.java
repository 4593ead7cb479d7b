/** Vault's HTTP API: KV, engines with leases, tokens, logins, policies and namespaces. */
package io.jenkins.plugins.awssecrets.demo.vault;
