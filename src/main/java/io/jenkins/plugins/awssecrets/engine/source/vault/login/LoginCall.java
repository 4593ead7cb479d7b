package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The request that all login methods come down to: a POST that is answered with {@code auth.client_token}. */
final class LoginCall {
    private final VaultClient client;
    private final Clock clock;

    LoginCall(VaultClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * @param method for messages
     * @param path what follows {@code auth/}
     * @param fix what to check when Vault refuses
     */
    VaultToken post(String method, String path, ObjectNode body, String fix, Deadline deadline) {
        VaultAnswer answer = client.send(VaultRequest.post("auth/" + path, body).once(), Optional.empty(), deadline);
        if (!answer.ok()) {
            throw refused(method, path, answer, fix);
        }
        JsonNode auth = answer.json().path("auth");
        if (auth.has("mfa_requirement") && auth.path("client_token").asText("").isEmpty()) {
            throw new SecretException(
                    Problem.UNAUTHENTICATED,
                    client.subject(),
                    "authentication with " + method + " requires a second factor",
                    "exempt this identity from the MFA enforcement of this method");
        }
        return token(auth);
    }

    /** The token of an answer that has one. */
    VaultToken made(VaultAnswer answer) {
        return token(answer.json().path("auth"));
    }

    private VaultToken token(JsonNode auth) {
        Instant now = clock.instant();
        SecretValue value = value(auth.path("client_token"));
        Duration lifetime = Duration.ofSeconds(auth.path("lease_duration").asLong());
        List<String> policies = new ArrayList<>();
        auth.path("policies").forEach(policy -> policies.add(policy.asText()));
        return new VaultToken(Optional.of(value), true, false, lifetime, now, Optional.empty(), policies)
                .living(auth.path("renewable").asBoolean(), lifetime, lifetime, now);
    }

    private SecretValue value(JsonNode token) {
        if (!token.isTextual() || !TokenText.fitsHeader(token.asText())) {
            throw client.incomplete("auth.client_token");
        }
        return SecretValue.of(token.asText());
    }

    private SecretException refused(String method, String path, VaultAnswer answer, String fix) {
        String attempt = "authentication with " + method + " at " + client.where() + " was refused (" + answer.status();
        String mount = "auth/" + path.replaceFirst("/?login(/.*)?$", "");
        if (answer.status() == 404) {
            return new SecretException(
                    Problem.UNAUTHENTICATED,
                    client.subject(),
                    attempt + ": nothing is mounted at " + mount + ")",
                    "enable the method there, or name its mount and namespace");
        }
        // To a caller without a token Vault answers 403 for a mount that is not there, too.
        String more = answer.status() == 403 ? ", and that the method is enabled at " + mount : "";
        return new SecretException(
                Problem.UNAUTHENTICATED, client.subject(), attempt + Refusal.reason(answer) + ")", fix + more);
    }
}
