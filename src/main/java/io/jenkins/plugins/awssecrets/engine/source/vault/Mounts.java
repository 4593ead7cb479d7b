package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which engine is mounted where, as Vault tells at {@code sys/internal/ui/mounts/<path>}: it answers every token that
 * has any access below the mount, and needs no policy of its own. Vault's own command line asks there too. Kept for the
 * source's life.
 */
final class Mounts {
    private static final String PREFLIGHT = "sys/internal/ui/mounts/";

    private final AuthorizedCalls calls;
    private final Clock clock;
    private final Map<String, Mount> known;

    Mounts(AuthorizedCalls calls, Clock clock, List<MountSetting> configured) {
        this(calls, clock, new ConcurrentHashMap<>());
        configured.stream().map(MountSetting::mount).forEach(this::learned);
    }

    private Mounts(AuthorizedCalls calls, Clock clock, Map<String, Mount> known) {
        this.calls = calls;
        this.clock = clock;
        this.known = known;
    }

    /** The same, asked with another token. What is known of mounts says nothing of secrets and is shared. */
    Mounts askedWith(AuthorizedCalls other) {
        return new Mounts(other, clock, known);
    }

    /** The mount that holds a path: the known one, or the one that Vault tells. */
    Mount of(String path, Deadline deadline) {
        // No mount lies below another, so that at most one fits.
        return known.values().stream()
                .filter(mount -> mount.holds(path))
                .findAny()
                .orElseGet(() -> detect(path, deadline));
    }

    /** The mount as Vault tells it now, unless it was asked since a moment. */
    Mount again(Mount mount, String path, Instant since, Deadline deadline) {
        if (!mount.detected().isBefore(since)) {
            return mount;
        }
        known.remove(mount.path(), mount);
        return of(path, deadline);
    }

    /** Keeps what reading found out where Vault did not tell. */
    void learned(Mount mount) {
        known.put(mount.path(), mount);
    }

    private Mount detect(String path, Deadline deadline) {
        Reply reply = calls.send(VaultRequest.get(PREFLIGHT + path.replaceFirst("/+$", "")), deadline);
        Optional<Mount> told = reply.answer().ok() ? told(reply.answer().json().path("data"), path) : Optional.empty();
        told.ifPresent(this::learned);
        return told.orElseGet(() -> new Mount(firstSegment(path), Engine.UNKNOWN, clock.instant()));
    }

    private Optional<Mount> told(JsonNode data, String path) {
        String mountPath = data.path("path").asText("");
        // In a namespace Vault may put the namespace's own path before the mount's.
        String inPath = mountPath;
        while (!inPath.isEmpty() && !(path + "/").startsWith(inPath)) {
            int slash = inPath.indexOf('/');
            inPath = slash < 0 ? "" : inPath.substring(slash + 1);
        }
        return inPath.isEmpty() ? Optional.empty() : Optional.of(new Mount(inPath, engine(data), clock.instant()));
    }

    private static Engine engine(JsonNode data) {
        return switch (data.path("type").asText("")) {
            case "kv" -> data.path("options").path("version").asText("").equals("2") ? Engine.KV2 : Engine.KV1;
            case "generic" -> Engine.KV1;
            case "" -> Engine.UNKNOWN;
            default -> Engine.OTHER;
        };
    }

    private static String firstSegment(String path) {
        int slash = path.indexOf('/');
        return (slash < 0 ? path : path.substring(0, slash)) + "/";
    }
}
