package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the secrets below a path of a KV v2 mount: folder by folder with {@code list} on {@code <mount>/metadata/...},
 * then each secret's metadata, where its custom metadata are the tags. Other engines keep no tags and list nothing.
 *
 * <p>A folder or secret that is denied inside is left out, as others see it; when nothing can be read, that is an error.
 */
final class KvListing {
    /** Each secret is a call of its own: more would take minutes. */
    static final int MAX_SECRETS = 2000;

    private static final int MAX_DEPTH = 24;

    private final String source;
    private final SourceFilter filter;
    private final Mounts mounts;
    private final AuthorizedCalls calls;
    private final ParallelReads parallel;
    private final Clock clock;
    private final VaultClient client;
    private final String subject;

    KvListing(
            String source,
            SourceFilter filter,
            Mounts mounts,
            AuthorizedCalls calls,
            ParallelReads parallel,
            Clock clock,
            VaultClient client) {
        this.source = source;
        this.filter = filter;
        this.mounts = mounts;
        this.calls = calls;
        this.parallel = parallel;
        this.clock = clock;
        this.client = client;
        this.subject = client.subject();
    }

    /** The listing of one folder or mount, whatever this one's filter is. */
    KvListing below(String folder) {
        SourceFilter all = new SourceFilter(Optional.of(folder), Map.of(), Optional.empty());
        return new KvListing(source, all, mounts, calls, parallel, clock, client);
    }

    List<SecretMetadata> list(Deadline deadline) {
        Optional<String> folder = filter.prefix().map(prefix -> prefix.replaceAll("^/+|/+$", "") + "/");
        if (folder.isEmpty() || folder.get().equals("/")) {
            return List.of();
        }
        Mount mount = mounts.of(folder.get(), deadline);
        if (mount.engine() == Engine.KV1 || mount.engine() == Engine.OTHER) {
            return List.of();
        }
        Set<String> names = names(mount, folder.get(), deadline);
        Map<String, Described> described = parallel.all(names, name -> describe(mount, name, deadline), deadline);
        if (!names.isEmpty()
                && described.values().stream().allMatch(d -> d.denied().isPresent())) {
            throw described.values().iterator().next().denied().orElseThrow();
        }
        return described.values().stream().flatMap(d -> d.metadata().stream()).toList();
    }

    private Set<String> names(Mount mount, String root, Deadline deadline) {
        Set<String> names = new LinkedHashSet<>();
        List<String> folders = List.of(root);
        for (int depth = 0; !folders.isEmpty(); depth++) {
            if (depth == MAX_DEPTH) {
                throw tooMuch("folders nested deeper than " + MAX_DEPTH, root);
            }
            boolean top = depth == 0;
            List<String> below = new ArrayList<>();
            parallel.all(folders, folder -> keys(mount, folder, top, deadline), deadline)
                    .forEach((folder, keys) ->
                            keys.forEach(key -> (key.endsWith("/") ? below : names).add(folder + key)));
            if (names.size() + below.size() > MAX_SECRETS) {
                throw tooMuch("more than " + MAX_SECRETS + " secrets", root);
            }
            folders = below;
        }
        return names;
    }

    private List<String> keys(Mount mount, String folder, boolean mustBeAllowed, Deadline deadline) {
        String path = mount.metadataPath(folder);
        Reply reply = calls.send(VaultRequest.list(path), deadline);
        int status = reply.answer().status();
        // 404: no such folder, or an empty one.
        if (status == 404 || status == 403 && !mustBeAllowed) {
            return List.of();
        }
        if (!reply.answer().ok()) {
            throw Denials.of(subject, reply, "list", path);
        }
        if (!reply.answer().json().path("data").path("keys").isArray()) {
            throw client.incomplete("data.keys");
        }
        List<String> keys = new ArrayList<>();
        reply.answer().json().path("data").path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private Described describe(Mount mount, String name, Deadline deadline) {
        String path = mount.metadataPath(name);
        Reply reply = calls.send(VaultRequest.get(path), deadline);
        int status = reply.answer().status();
        if (status == 404) {
            return new Described(Optional.empty(), Optional.empty());
        }
        if (status == 403) {
            return new Described(Optional.empty(), Optional.of(Denials.of(subject, reply, "read", path)));
        }
        if (!reply.answer().ok()) {
            throw Denials.of(subject, reply, "read", path);
        }
        JsonNode data = reply.answer().json().path("data");
        if (!data.path("versions").isObject()) {
            throw client.incomplete("data.versions");
        }
        return new Described(KvMetadata.of(source, name, data, clock.instant()).filter(this::fits), Optional.empty());
    }

    private boolean fits(SecretMetadata secret) {
        return filter.tags().entrySet().stream().allMatch(wanted -> {
            String value = secret.tags().get(wanted.getKey());
            return value != null
                    && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
        });
    }

    private SecretException tooMuch(String what, String root) {
        return new SecretException(
                Problem.MALFORMED, subject, what + " below " + root, "narrow the source's filter to a folder");
    }

    private record Described(Optional<SecretMetadata> metadata, Optional<SecretException> denied) {}
}
