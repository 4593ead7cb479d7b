package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A secret of KV version 2. Guarded by the lock of the service. */
final class VersionedSecret {
    private final Instant created;
    private final List<Version> versions = new ArrayList<>();
    final Map<String, String> custom = new TreeMap<>();

    VersionedSecret(Instant created) {
        this.created = created;
    }

    Version add(JsonNode data, Instant at) {
        Version version = new Version(versions.size() + 1, data, at);
        versions.add(version);
        return version;
    }

    int current() {
        return versions.size();
    }

    Optional<Version> newest() {
        return version(current());
    }

    Optional<Version> version(int number) {
        return number < 1 || number > versions.size() ? Optional.empty() : Optional.of(versions.get(number - 1));
    }

    /** What a read gives beside the data. */
    ObjectNode metadata(Version version) {
        ObjectNode node = VaultReply.object().put("created_time", version.created.toString());
        writeCustom(node);
        return node.put("deletion_time", version.deletionTime())
                .put("destroyed", version.destroyed)
                .put("version", version.number);
    }

    /** What {@code metadata/} gives. */
    ObjectNode describe() {
        ObjectNode node = VaultReply.object()
                .put("cas_required", false)
                .put("created_time", created.toString())
                .put("current_version", current())
                .put("delete_version_after", "0s")
                .put("max_versions", 0)
                .put("oldest_version", 0)
                .put(
                        "updated_time",
                        newest().map(v -> v.created).orElse(created).toString());
        writeCustom(node);
        ObjectNode each = node.putObject("versions");
        for (Version version : versions) {
            each.putObject(Integer.toString(version.number))
                    .put("created_time", version.created.toString())
                    .put("deletion_time", version.deletionTime())
                    .put("destroyed", version.destroyed);
        }
        return node;
    }

    private void writeCustom(ObjectNode node) {
        if (custom.isEmpty()) {
            node.putNull("custom_metadata");
        } else {
            custom.forEach(node.putObject("custom_metadata")::put);
        }
    }

    static final class Version {
        private final int number;
        private final Instant created;
        final JsonNode data;
        Optional<Instant> deleted = Optional.empty();
        boolean destroyed;

        private Version(int number, JsonNode data, Instant created) {
            this.number = number;
            this.data = data;
            this.created = created;
        }

        boolean isGone(Instant now) {
            return destroyed || deleted.filter(at -> !at.isAfter(now)).isPresent();
        }

        private String deletionTime() {
            return deleted.map(Instant::toString).orElse("");
        }
    }
}
