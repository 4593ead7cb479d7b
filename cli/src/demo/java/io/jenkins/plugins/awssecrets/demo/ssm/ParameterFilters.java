package io.jenkins.plugins.awssecrets.demo.ssm;

import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import java.util.List;
import java.util.Optional;

/** {@code ParameterFilters} as the ParameterStringFilter page of the SSM API describes them; all must let through. */
record ParameterFilters(List<Filter> filters) {

    static ParameterFilters of(Input input) {
        return new ParameterFilters(
                input.objects("ParameterFilters").stream().map(Filter::of).toList());
    }

    boolean letThrough(Parameter parameter) {
        return filters.stream().allMatch(f -> f.letsThrough(parameter));
    }

    Optional<String> label() {
        return filters.stream()
                .filter(f -> f.key.equals("Label"))
                .flatMap(f -> f.values.stream())
                .findFirst();
    }

    /** Whether a name is in a hierarchy: at its first level, or at any. */
    static boolean isBelow(String name, String path, boolean recursive) {
        String prefix = path.endsWith("/") ? path : path + "/";
        return name.startsWith(prefix) && (recursive || name.indexOf('/', prefix.length()) < 0);
    }

    record Filter(String key, String option, List<String> values) {
        private static final List<String> KEYS = List.of("Name", "Path", "Type", "KeyId", "Tier", "DataType", "Label");

        static Filter of(Input input) {
            String key = input.required("Key");
            if (!KEYS.contains(key) && !key.startsWith("tag:")) {
                throw AwsError.of("InvalidFilterKey", "The specified filter key isn't valid.");
            }
            String option = input.text("Option").orElse(key.equals("Path") ? "OneLevel" : "Equals");
            return new Filter(key, option, input.texts("Values"));
        }

        boolean letsThrough(Parameter parameter) {
            if (key.startsWith("tag:")) {
                String tag = parameter.tags.get(key.substring("tag:".length()));
                return tag != null && (values.isEmpty() || any(tag));
            }
            return switch (key) {
                case "Name" -> any(parameter.name);
                case "Path" -> values.stream().anyMatch(v -> isBelow(parameter.name, v, option.equals("Recursive")));
                case "Type" -> any(parameter.type);
                case "KeyId" -> parameter.isSecure() && any(parameter.key);
                case "Label" ->
                    values.stream().anyMatch(v -> parameter.version(v).isPresent());
                case "Tier" -> any(parameter.tier);
                default -> any("text");
            };
        }

        private boolean any(String text) {
            return values.stream().anyMatch(value -> switch (option) {
                case "BeginsWith" -> text.startsWith(value);
                case "Contains" -> text.contains(value);
                case "Equals" -> text.equals(value);
                default -> throw AwsError.of("InvalidFilterOption", "The specified filter option isn't valid.");
            });
        }
    }
}
