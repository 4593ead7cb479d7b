package io.jenkins.plugins.awssecrets.demo.seed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A secret of Secrets Manager.
 *
 * @param string the text of the current version
 * @param json the same, written as YAML and kept as JSON text
 * @param binary the same, in base64, kept as {@code SecretBinary}
 * @param version id of the current version; made up where it is left out
 * @param stages of the current version besides {@code AWSCURRENT}
 * @param changed when the current version was made (ISO 8601); now where it is left out
 * @param key id, alias or ARN of the KMS key
 * @param kmsDenied whether KMS refuses everybody the key
 * @param keyState {@code disabled} or {@code pendingDeletion}, for a key that nobody can use
 * @param region where it is; the account's where it is left out
 * @param versions the other versions
 * @param deleted when it was marked for deletion (ISO 8601), 30 days before it goes
 */
public record SecretSeed(
        String name,
        Optional<String> string,
        Optional<JsonNode> json,
        Optional<String> binary,
        Optional<String> version,
        List<String> stages,
        Optional<String> changed,
        String description,
        Map<String, String> tags,
        String key,
        boolean kmsDenied,
        Optional<String> keyState,
        Optional<String> region,
        List<Version> versions,
        Optional<Rotation> rotation,
        Optional<String> deleted) {
    public SecretSeed {
        stages = Lists.of(stages);
        description = description == null ? "" : description;
        tags = Lists.of(tags);
        key = key == null ? "alias/aws/secretsmanager" : key;
        versions = Lists.of(versions);
    }

    public static SecretSeed of(String name, String string, Map<String, String> tags) {
        return new SecretSeed(
                name,
                Optional.of(string),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "",
                tags,
                null,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public String toString() {
        return "SecretSeed[" + name + "]";
    }

    /**
     * @param id of the version; made up where it is left out
     * @param created when it was made (ISO 8601); now where it is left out
     */
    public record Version(
            Optional<String> id,
            Optional<String> string,
            Optional<JsonNode> json,
            Optional<String> binary,
            List<String> stages,
            Optional<String> created) {
        public Version {
            stages = Lists.of(stages);
        }

        @Override
        public String toString() {
            return "Version" + stages;
        }
    }

    /**
     * @param schedule a {@code cron()} or {@code rate()} expression, in place of the interval
     * @param last when it last rotated (ISO 8601)
     * @param next when it rotates next (ISO 8601)
     */
    public record Rotation(
            boolean enabled,
            Optional<Integer> everyDays,
            Optional<String> schedule,
            Optional<String> last,
            Optional<String> next) {}
}
