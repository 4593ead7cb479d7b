package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Unwraps a secret id, after it made sure that a role's endpoint made it: a wrapping token from elsewhere is how a
 * thief would replace one that he used himself (Vault documentation, response wrapping, token validation).
 */
final class SecretIdUnwrapping {
    private final VaultClient client;

    SecretIdUnwrapping(VaultClient client) {
        this.client = client;
    }

    SecretValue unwrap(SecretValue wrapping, String mount, Deadline deadline) {
        if (!TokenText.fitsHeader(wrapping.reveal())) {
            throw failure(
                    "contains characters that are not valid in a token",
                    "provide the wrapping token alone, on one line");
        }
        VaultAnswer lookup = client.send(
                VaultRequest.post("sys/wrapping/lookup", VaultJson.object().put("token", wrapping.reveal())),
                Optional.empty(),
                deadline);
        checkUsable(lookup);
        String path = lookup.json().path("data").path("creation_path").asText("");
        if (!Pattern.matches("(.*/)?auth/" + Pattern.quote(mount) + "/role/[^/]+/(custom-)?secret-id", path)) {
            throw failure(
                    "was not made by a role of auth/" + mount,
                    "find out who put it there, as it may have been swapped, then create a new one");
        }
        VaultAnswer answer = client.send(
                VaultRequest.post("sys/wrapping/unwrap", VaultJson.object()).once(), Optional.of(wrapping), deadline);
        checkUsable(answer);
        JsonNode secretId = answer.json().path("data").path("secret_id");
        if (!secretId.isTextual()) {
            throw client.incomplete("data.secret_id");
        }
        return SecretValue.of(secretId.asText());
    }

    private void checkUsable(VaultAnswer answer) {
        if (!answer.ok()) {
            throw failure(
                    "is refused (" + answer.status() + "): it was already used, or has expired",
                    "create a new one. If nobody here used it, somebody else did: revoke the role's secret IDs");
        }
    }

    private SecretException failure(String reason, String fix) {
        return new SecretException(
                Problem.UNAUTHENTICATED, client.subject(), "the wrapping token of the secret ID " + reason, fix);
    }
}
