package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import io.jenkins.plugins.awssecrets.engine.Deadline;

/** One way to come by a token. Called by one thread at a time. */
public interface LoginMethod {
    /** For messages: {@code AppRole at auth/approle}. */
    String name();

    /**
     * Comes by a token: a new one, or the given one again.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException {@code UNAUTHENTICATED} when Vault refuses, and what
     *     {@link io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient#send} throws
     */
    VaultToken logIn(Deadline deadline);
}
