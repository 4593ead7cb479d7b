package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Response wrapping: an answer kept under a token that is good for one unwrapping. */
final class Wrapping {
    private final Clock clock;
    private final Random random;
    private final Map<String, Wrapped> byToken = new HashMap<>();

    Wrapping(List<VaultSeed.Wrapped> seeds, Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
        ObjectMapper json = new ObjectMapper();
        for (VaultSeed.Wrapped seed : seeds) {
            ObjectNode body = VaultReply.envelope(json.valueToTree(seed.data()));
            keep(
                    seed.token(),
                    body,
                    seed.path().orElse("sys/wrapping/wrap"),
                    Ttl.parse(seed.ttl().orElse("768h")));
        }
    }

    private Wrapped keep(String token, ObjectNode body, String path, Duration ttl) {
        Wrapped wrapped = new Wrapped(body, path, clock.instant(), ttl);
        byToken.put(token, wrapped);
        return wrapped;
    }

    VaultReply wrap(VaultReply reply, String path, String ttl) {
        String token = "hvs.wrap" + random.letters(88);
        Wrapped wrapped = keep(token, reply.body().orElseGet(VaultReply::object), path, Ttl.parse(ttl));
        return VaultReply.wrapped(VaultReply.object()
                .put("token", token)
                .put("accessor", random.letters(24))
                .put("ttl", wrapped.ttl.toSeconds())
                .put("creation_time", wrapped.created.toString())
                .put("creation_path", path));
    }

    /** The wrapping token is the request's own, or named in its body. */
    VaultReply unwrap(VaultRequest request) {
        String token = token(request);
        Wrapped wrapped = find(token);
        byToken.remove(token);
        return new VaultReply(Optional.of(wrapped.body));
    }

    VaultReply lookup(VaultRequest request) {
        Wrapped wrapped = find(token(request));
        return VaultReply.data(VaultReply.object()
                .put("creation_path", wrapped.path)
                .put("creation_time", wrapped.created.toString())
                .put("creation_ttl", wrapped.ttl.toSeconds()));
    }

    private static String token(VaultRequest request) {
        return request.text("token").or(request::token).orElse("");
    }

    private Wrapped find(String token) {
        return Optional.ofNullable(byToken.get(token))
                .filter(w -> clock.instant().isBefore(w.created.plus(w.ttl)))
                .orElseThrow(() -> VaultError.badRequest("wrapping token is not valid or does not exist"));
    }

    private record Wrapped(ObjectNode body, String path, Instant created, Duration ttl) {
        @Override
        public String toString() {
            return "Wrapped[" + path + "]";
        }
    }
}
