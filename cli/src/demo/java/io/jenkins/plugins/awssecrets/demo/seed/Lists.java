package io.jenkins.plugins.awssecrets.demo.seed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a member of a seed is that the file leaves out. */
final class Lists {
    private Lists() {}

    static <T> List<T> of(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /** In the order given, unlike {@link Map#copyOf}. */
    static <V> Map<String, V> of(Map<String, V> given) {
        return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }
}
