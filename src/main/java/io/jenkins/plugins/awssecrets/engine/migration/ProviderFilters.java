package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The filters of {@code ListSecrets}: each must match, by any of its values. Here all tags of a source's filter must be
 * there, so that each combination of tags becomes a source.
 */
final class ProviderFilters {
    /** Of sources, beyond which nobody would want them. */
    private static final int MOST = 20;

    private final List<String> names = new ArrayList<>();
    private final List<String> tagKeys = new ArrayList<>();
    private final List<String> tagValues = new ArrayList<>();

    private ProviderFilters() {}

    /** @param old the form of versions before 1.0: one tag */
    static ProviderFilters of(Original listSecrets, Original old) {
        ProviderFilters filters = new ProviderFilters();
        for (Original filter : listSecrets.items("filters")) {
            filters.add(filter);
        }
        listSecrets.end();
        Original tag = old.part("tag");
        tag.text("key").ifPresent(filters.tagKeys::add);
        tag.text("value").ifPresent(filters.tagValues::add);
        if (filters.tagKeys.isEmpty() && !filters.tagValues.isEmpty()) {
            listSecrets.leftOut("filters", "a tag's value without its key; name the key in the source's filter");
            filters.tagValues.clear();
        }
        if (filters.count() > MOST) {
            listSecrets.leftOut("filters", "more than " + MOST + " combinations of values; narrow the sources by hand");
            filters.tagKeys.clear();
            filters.tagValues.clear();
        }
        return filters;
    }

    private void add(Original filter) {
        String key = filter.text("key").orElse("");
        List<String> values = filter.texts("values");
        if (values.isEmpty()) {
            filter.leftOut("", "'" + key + "' without values, so it does not filter; name its values");
            return;
        }
        if (values.stream().anyMatch(value -> value.startsWith("!"))) {
            filter.leftOut("", "'" + key + "' by what it is not; name what it is");
            return;
        }
        switch (key) {
            case "name" -> names.addAll(values);
            case "tag-key" -> tagKeys.addAll(values);
            case "tag-value" -> tagValues.addAll(values);
            default -> filter.leftOut("", "'" + key + "' cannot be filtered by; use the name or tags");
        }
        filter.end();
    }

    private int count() {
        return Math.max(1, tagKeys.size()) * Math.max(1, tagValues.size());
    }

    /** One filter for each source; one that is empty where nothing is filtered. */
    List<ObjectNode> alternatives() {
        List<ObjectNode> all = new ArrayList<>();
        for (Optional<String> tag : orNothing(tagKeys)) {
            for (Optional<String> value : orNothing(tagValues)) {
                all.add(filter(tag, value));
            }
        }
        return all;
    }

    private ObjectNode filter(Optional<String> tag, Optional<String> value) {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        if (!names.isEmpty()) {
            filter.put("namePrefix", String.join(", ", names));
        }
        tag.ifPresent(key -> {
            ObjectNode written = filter.putArray("tags").addObject().put("key", key);
            value.ifPresent(v -> written.put("value", v));
        });
        return filter;
    }

    private static List<Optional<String>> orNothing(List<String> texts) {
        return texts.isEmpty()
                ? List.of(Optional.empty())
                : texts.stream().map(Optional::of).toList();
    }
}
