package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Session.Verdict;

/** Sends requests with the session's token, and once more with another one when Vault denied the first. */
public final class AuthorizedCalls {
    /**
     * An answer and the token it was given to.
     *
     * @param tokenIsValid whether a 403 is known to be the policies' and not the token's
     * @param ofBuild whether the token is that of one build
     */
    public record Reply(VaultAnswer answer, VaultToken token, boolean tokenIsValid, boolean ofBuild) {}

    private static final int DENIED = 403;

    private final VaultClient client;
    private final Session session;
    private final boolean ofBuild;

    public AuthorizedCalls(VaultClient client, Session session) {
        this(client, session, false);
    }

    /** @param ofBuild whether the session is that of one build */
    public AuthorizedCalls(VaultClient client, Session session, boolean ofBuild) {
        this.client = client;
        this.session = session;
        this.ofBuild = ofBuild;
    }

    /** @throws io.jenkins.plugins.awssecrets.engine.SecretException what a login or {@link VaultClient#send} throws */
    public Reply send(VaultRequest request, Deadline deadline) {
        VaultToken token = session.token(deadline);
        VaultAnswer answer = client.send(request, token.value(), deadline);
        if (answer.status() != DENIED) {
            return new Reply(answer, token, true, ofBuild);
        }
        Verdict verdict = session.replace(token, deadline);
        if (verdict instanceof Verdict.Replaced other) {
            VaultToken next = other.token();
            return new Reply(client.send(request, next.value(), deadline), next, next.ours(), ofBuild);
        }
        return new Reply(answer, token, verdict instanceof Verdict.Valid, ofBuild);
    }
}
