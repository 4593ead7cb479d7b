package io.jenkins.plugins.awssecrets.demo.seed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parameter of Parameter Store.
 *
 * @param type {@code String} (the default), {@code StringList} or {@code SecureString}
 * @param value the newest version's; the older ones are {@code versions}
 * @param labels of the newest version
 * @param changed when the newest version was made (ISO 8601); now where it is left out
 * @param key id, alias or ARN of the KMS key of a SecureString
 * @param kmsDenied whether KMS refuses everybody the key
 * @param keyState {@code disabled} or {@code pendingDeletion}, for a key that nobody can use
 * @param tier {@code Standard} (the default) or {@code Advanced}
 * @param region where it is; the account's where it is left out
 * @param versions older versions, the oldest first, numbered from 1
 */
public record ParameterSeed(
        String name,
        String type,
        String value,
        String description,
        Map<String, String> tags,
        List<String> labels,
        Optional<String> changed,
        String key,
        boolean kmsDenied,
        Optional<String> keyState,
        String tier,
        Optional<String> region,
        List<Version> versions) {
    public ParameterSeed {
        type = type == null ? "String" : type;
        description = description == null ? "" : description;
        tags = Lists.of(tags);
        labels = Lists.of(labels);
        keyState = keyState == null ? Optional.empty() : keyState;
        tier = tier == null ? "Standard" : tier;
        region = region == null ? Optional.empty() : region;
        key = key == null ? "alias/aws/ssm" : key;
        versions = Lists.of(versions);
    }

    public static ParameterSeed of(String name, String type, String value, Map<String, String> tags) {
        return new ParameterSeed(
                name,
                type,
                value,
                "",
                tags,
                List.of(),
                Optional.empty(),
                null,
                false,
                Optional.empty(),
                null,
                Optional.empty(),
                List.of());
    }

    @Override
    public String toString() {
        return "ParameterSeed[" + name + "]";
    }

    /** @param changed when it was made (ISO 8601); now where it is left out */
    public record Version(String value, List<String> labels, Optional<String> changed) {
        public Version {
            labels = Lists.of(labels);
        }

        @Override
        public String toString() {
            return "Version[]";
        }
    }
}
