package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks Vault about a token: {@code GET auth/token/lookup-self}, which the policy {@code default} allows. */
public final class TokenLookup {
    /**
     * What Vault says of a token.
     *
     * @param left zero for one that does not end
     * @param lifetime it was made or renewed with
     * @param policies the names of all policies, those of its identity included
     */
    public record Told(boolean renewable, Duration left, Duration lifetime, List<String> policies) {}

    private final VaultClient client;

    public TokenLookup(VaultClient client) {
        this.client = client;
    }

    /** @return empty when the token is not valid, or may not look itself up: Vault answers both alike */
    public Optional<Told> ask(Optional<SecretValue> token, Deadline deadline) {
        VaultAnswer answer = client.send(VaultRequest.get("auth/token/lookup-self"), token, deadline);
        if (!answer.ok()) {
            return Optional.empty();
        }
        JsonNode data = answer.json().path("data");
        Duration left = Duration.ofSeconds(data.path("ttl").asLong());
        long lifetime =
                Math.max(data.path("creation_ttl").asLong(), data.path("period").asLong());
        List<String> policies = new ArrayList<>();
        data.path("policies").forEach(policy -> policies.add(policy.asText()));
        data.path("identity_policies").forEach(policy -> policies.add(policy.asText()));
        return Optional.of(new Told(
                data.path("renewable").asBoolean(),
                left,
                Duration.ofSeconds(Math.max(lifetime, left.toSeconds())),
                List.copyOf(policies)));
    }
}
