package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Filters of ListSecrets and BatchGetSecretValue, as the Filter page of the Secrets Manager API describes them: a
 * filter matches the beginning of any of its values, a leading {@code !} negates a value, and all filters must match.
 */
record SecretFilters(List<Filter> filters) {
    private static final int MOST = 10;

    static SecretFilters of(Input input) {
        List<Input> given = input.objects("Filters");
        if (given.size() > MOST) {
            throw AwsError.validation("filters", "Member must have length less than or equal to " + MOST);
        }
        return new SecretFilters(given.stream()
                .map(f -> new Filter(f.required("Key"), f.batch("Values", MOST)))
                .toList());
    }

    boolean letThrough(Secret secret) {
        return filters.stream().allMatch(f -> f.letsThrough(secret));
    }

    record Filter(String key, List<String> values) {
        boolean letsThrough(Secret secret) {
            return values.stream()
                    .anyMatch(value ->
                            value.startsWith("!") ? !matches(secret, value.substring(1)) : matches(secret, value));
        }

        private boolean matches(Secret secret, String value) {
            return switch (key) {
                case "name" -> secret.name.startsWith(value);
                case "description" -> lower(secret.description).startsWith(lower(value));
                case "tag-key" -> secret.tags.keySet().stream().anyMatch(k -> k.startsWith(value));
                case "tag-value" -> secret.tags.values().stream().anyMatch(v -> v.startsWith(value));
                case "primary-region", "owning-service" -> false;
                case "all" -> Arrays.stream(value.split("\\W+")).allMatch(word -> anywhere(secret, lower(word)));
                default ->
                    throw AwsError.validation(
                            "filters.1.member.key",
                            "Member must satisfy enum value set: [all, name, tag-key, description, tag-value,"
                                    + " primary-region, owning-service]");
            };
        }

        private static boolean anywhere(Secret secret, String word) {
            List<String> texts = new ArrayList<>(List.of(secret.name, secret.description));
            texts.addAll(secret.tags.keySet());
            texts.addAll(secret.tags.values());
            return texts.stream()
                    .flatMap(text -> Arrays.stream(lower(text).split("\\W+")))
                    .anyMatch(each -> each.startsWith(word));
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
