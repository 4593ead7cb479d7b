package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.util.List;
import java.util.Optional;

/** {@code GET <mount>/data/<path>?version=}: one version of a KV v2 secret (Vault API, KV version 2). */
final class KvV2Reader {
    private final AuthorizedCalls calls;
    private final VaultClient client;

    KvV2Reader(AuthorizedCalls calls, VaultClient client) {
        this.calls = calls;
        this.client = client;
    }

    SecretPayload read(Mount mount, Locator locator, Deadline deadline) {
        String path = mount.dataPath(locator.name());
        VaultRequest request = VaultRequest.get(path);
        Reply reply = calls.send(
                locator.version().map(v -> request.with("version", v)).orElse(request), deadline);
        VaultAnswer answer = reply.answer();
        if (answer.status() == 404) {
            throw NoRoute.in(answer, locator.toString(), path)
                    .<SecretException>map(none -> none)
                    .orElseGet(() -> absent(answer, locator));
        }
        if (!answer.ok()) {
            throw Denials.of(locator.toString(), reply, "read", path);
        }
        OwnToken.isNotIn(reply, locator);
        JsonNode metadata = answer.json().path("data").path("metadata");
        if (answer.json().path("data").path("data").isNull()) {
            throw gone(metadata, locator);
        }
        byte[] members = answer.exact("data", "data").orElseThrow(() -> client.incomplete("data.data at " + path));
        return new SecretPayload(
                Shape.MEMBERS,
                SecretValue.of(members),
                true,
                Optional.of(metadata.path("version").asText("")).filter(v -> !v.isEmpty()),
                List.of(),
                Times.at(metadata, "created_time"),
                Optional.empty());
    }

    /** A deleted or destroyed version is a 404 that has metadata. */
    private static SecretException absent(VaultAnswer answer, Locator locator) {
        JsonNode metadata = answer.json().path("data").path("metadata");
        if (metadata.isObject()) {
            return gone(metadata, locator);
        }
        return locator.version().isPresent()
                ? new SecretException(
                        Problem.NOT_FOUND,
                        locator.toString(),
                        "secret not found, or that version never existed or is no longer stored (404)",
                        "list its versions with: vault kv metadata get " + locator.name())
                : new SecretException(
                        Problem.NOT_FOUND,
                        locator.toString(),
                        "secret not found (404)",
                        locator.name().contains("/metadata/")
                                ? "write the path without metadata/, which is of Vault's API, or create the secret"
                                : "check the path (a key is named behind it, with '#'), or create the secret");
    }

    private static SecretException gone(JsonNode metadata, Locator locator) {
        String version = "version " + metadata.path("version").asInt();
        boolean destroyed = metadata.path("destroyed").asBoolean();
        return new SecretException(
                Problem.DELETED,
                locator.toString(),
                version + (destroyed ? " was destroyed" : " is deleted"),
                destroyed
                        ? "write the secret again. A destroyed version cannot be restored"
                        : "restore it with vault kv undelete, or write the secret again");
    }
}
