package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.demo.VaultHttp;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.Optional;

/**
 * A Vault to test against, with two mounts, a policy and a login that gives it. The policy reads below {@code allowed/}
 * in both mounts and lists there, reads the leased path, and revokes leases.
 */
interface VaultPeer extends AutoCloseable {
    URI address();

    /** With the root token. */
    VaultHttp root();

    /** A mount of KV version 2, empty. */
    String versioned();

    /** A mount of KV version 1, empty. */
    String plain();

    /** A path that gives new credentials with a lease of an hour at each read; empty where this peer has none. */
    Optional<String> leased();

    /** A token that has the policy, good for an hour. */
    String token();

    /** A login that gives such a token. */
    VaultLogin appRole();

    @Override
    void close();
}
