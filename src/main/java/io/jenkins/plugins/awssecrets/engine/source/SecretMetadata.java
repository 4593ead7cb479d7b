package io.jenkins.plugins.awssecrets.engine.source;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend tells of a secret without giving its value.
 *
 * @param source id of the source
 * @param name the name a reference uses
 * @param description empty text where there is none
 * @param tags AWS tags, or KV v2 custom metadata
 * @param version current version, where listing gives it
 * @param changed last change of the value
 */
public record SecretMetadata(
        String source,
        String name,
        String description,
        Map<String, String> tags,
        Optional<String> version,
        Optional<Instant> changed,
        Optional<Rotation> rotation) {

    public SecretMetadata {
        tags = Map.copyOf(tags);
    }

    /**
     * Rotation as Secrets Manager reports it.
     *
     * @param everyDays the rule's interval in days; empty for a cron schedule
     */
    public record Rotation(
            boolean enabled, Optional<Integer> everyDays, Optional<Instant> last, Optional<Instant> next) {}
}
