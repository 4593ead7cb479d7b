package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the answer of {@code GET <mount>/metadata/<path>} (Vault API, KV version 2, read secret metadata). */
final class KvMetadata {
    private static final String DESCRIPTION = "description";

    private KvMetadata() {}

    /** @return empty when the current version is deleted or destroyed, or there is none: it could not be read */
    static Optional<SecretMetadata> of(String source, String name, JsonNode data, Instant now) {
        String current = data.path("current_version").asText("0");
        JsonNode version = data.path("versions").path(current);
        boolean destroyed = version.path("destroyed").asBoolean();
        if (version.isMissingNode() || destroyed || isDeleted(version, now)) {
            return Optional.empty();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        data.path("custom_metadata")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return Optional.of(new SecretMetadata(
                source,
                name,
                tags.getOrDefault(DESCRIPTION, ""),
                tags,
                Optional.of(current),
                Times.at(version, "created_time").or(() -> Times.at(data, "updated_time")),
                Optional.empty()));
    }

    /** With {@code delete_version_after} the time of deletion may lie ahead. */
    private static boolean isDeleted(JsonNode version, Instant now) {
        return Times.at(version, "deletion_time")
                .filter(time -> !time.isAfter(now))
                .isPresent();
    }
}
