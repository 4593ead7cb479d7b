/**
 * HashiCorp Vault and OpenBao: KV secrets of both versions, and what other engines give to a read.
 *
 * <p>{@code http} knows Vault's wire, {@code login} its tokens, this package its secrets.
 */
package io.jenkins.plugins.awssecrets.engine.source.vault;
