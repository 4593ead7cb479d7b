package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code GET <path>}: KV v1 and every other engine, with the lease of a dynamic secret. */
final class PlainReader {
    private final AuthorizedCalls calls;
    private final Clock clock;

    PlainReader(AuthorizedCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    SecretPayload read(Mount mount, Locator locator, Deadline deadline) {
        if (locator.version().isPresent()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    locator.toString(),
                    "a version was requested, but " + mount.path() + " stores none",
                    "remove ?version=, or upgrade the mount to KV v2");
        }
        VaultRequest request = VaultRequest.get(locator.name());
        // A dynamic secret is made by reading it: read twice, one of the two would be left behind.
        Reply reply = calls.send(mount.engine() == Engine.KV1 ? request : request.once(), deadline);
        if (!reply.answer().ok()) {
            throw failure(locator, mount, reply);
        }
        OwnToken.isNotIn(reply, locator);
        byte[] members = reply.answer()
                .exact("data")
                .orElseThrow(() -> new SecretException(
                        Problem.WRONG_SHAPE,
                        locator.toString(),
                        "reading this path returned no data",
                        "use a path that returns a secret"));
        return new SecretPayload(
                Shape.MEMBERS,
                SecretValue.of(members),
                true,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                lease(reply, clock));
    }

    static Optional<Lease> lease(Reply reply, Clock clock) {
        JsonNode json = reply.answer().json();
        String id = json.path("lease_id").asText("");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        // A lease ends with the token it was given to, whatever its own time.
        long ofToken = reply.token().left(clock.instant()).toSeconds();
        long seconds = Math.min(json.path("lease_duration").asLong(), ofToken);
        return Optional.of(new Lease(id, seconds, json.path("renewable").asBoolean()));
    }

    private static SecretException failure(Locator locator, Mount mount, Reply reply) {
        Optional<NoRoute> none = NoRoute.in(reply.answer(), locator.toString(), locator.name());
        if (none.isPresent()) {
            return none.get();
        }
        boolean noRole = reply.answer().status() == 400
                && (reply.answer().says("unknown role") || reply.answer().says("not found"));
        if (reply.answer().status() == 404 || noRole) {
            return new SecretException(
                    Problem.NOT_FOUND,
                    locator.toString(),
                    "secret or role not found (" + reply.answer().status() + ")",
                    mount.engine() == Engine.UNKNOWN
                            ? "check that " + mount.path() + " is a mount. " + Attempts.NAMESPACE
                            : "check the path below the mount " + mount.path());
        }
        return Denials.of(locator.toString(), reply, "read", locator.name());
    }
}
