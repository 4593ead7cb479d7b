package io.jenkins.plugins.awssecrets.engine.source;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What listing a source is narrowed to, and how what is listed is shown. Reading by name is not narrowed: a declared
 * reference outside of the filter works.
 *
 * @param prefixes of which a name must have one; none for all names. One at most of {@code pathPrefix} (ssm: a path such
 *     as {@code /ci/}; vault: {@code mount/path}), any number of {@code namePrefix} (secretsManager)
 * @param tags tags that must all be there; an empty value means any value
 * @param stripPrefixes of which the longest that fits is removed from the start of a name to make a discovered
 *     credential's id
 * @param hideDescription whether a discovered credential's description is left empty
 * @param replaceSlashes whether {@code -} stands for each {@code /} in a discovered credential's id, as Jenkins has no
 *     page for an id with a slash
 */
public record SourceFilter(
        List<String> prefixes,
        Map<String, String> tags,
        List<String> stripPrefixes,
        boolean hideDescription,
        boolean replaceSlashes) {
    public static final SourceFilter NONE = new SourceFilter(List.of(), Map.of(), List.of(), false);

    /** Of a source of a kind for which nothing is configured. */
    public static SourceFilter none(SourceKind kind) {
        return new SourceFilter(List.of(), Map.of(), List.of(), false, kind.namesArePaths());
    }

    public SourceFilter {
        prefixes = List.copyOf(prefixes);
        tags = Map.copyOf(tags);
        stripPrefixes = List.copyOf(stripPrefixes);
    }

    public SourceFilter(
            List<String> prefixes, Map<String, String> tags, List<String> stripPrefixes, boolean hideDescription) {
        this(prefixes, tags, stripPrefixes, hideDescription, false);
    }

    public SourceFilter(Optional<String> prefix, Map<String, String> tags, Optional<String> stripPrefix) {
        this(prefix.stream().toList(), tags, stripPrefix.stream().toList(), false);
    }

    /** Prefixes as they are typed: one, or several with commas between them, which no name in AWS has. */
    public static List<String> prefixesIn(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(prefix -> !prefix.isEmpty())
                .distinct()
                .toList();
    }

    /** The prefix, or the first of several. */
    public Optional<String> prefix() {
        return prefixes.stream().findFirst();
    }

    /** Whether a name has one of the prefixes. */
    public boolean takes(String name) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(name::startsWith);
    }

    /** What is taken off the start of a name; empty where nothing is, or nothing would be left. */
    public Optional<String> strippedOff(String name) {
        return stripPrefixes.stream()
                .filter(prefix -> name.startsWith(prefix) && prefix.length() < name.length())
                .max(Comparator.comparingInt(String::length));
    }
}
