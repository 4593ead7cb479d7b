package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Vault's times: RFC 3339, empty where there is none. */
final class Times {
    private Times() {}

    static Optional<Instant> at(JsonNode object, String name) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(object.path(name).asText("")).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
