package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.TokenLookup;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.time.Clock;
import java.util.Optional;

/** A given token, or one in a file. It asks Vault how long the token lives, so that it can be renewed in time. */
final class TokenLogin implements LoginMethod {
    private final TextOrFile token;
    private final VaultClient client;
    private final Clock clock;

    TokenLogin(TextOrFile token, VaultClient client, Clock clock) {
        this.token = token;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public String name() {
        return token instanceof TextOrFile.File file ? "the token in " + file.path() : "the configured token";
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        SecretValue value = token.read(client.subject(), "the token", Problem.UNAUTHENTICATED);
        if (!TokenText.fitsHeader(value.reveal())) {
            throw new SecretException(
                    Problem.UNAUTHENTICATED,
                    client.subject(),
                    name() + " contains characters that are not valid in a token",
                    "provide the token alone, on one line");
        }
        VaultToken given = VaultToken.given(Optional.of(value), clock.instant());
        return new TokenLookup(client)
                .ask(given.value(), deadline)
                .map(told ->
                        given.living(told.renewable() && mayRenew(), told.lifetime(), told.left(), clock.instant()))
                .orElse(given);
    }

    /** The agent that writes a sink file renews the token itself. */
    private boolean mayRenew() {
        return token instanceof TextOrFile.Text;
    }
}
