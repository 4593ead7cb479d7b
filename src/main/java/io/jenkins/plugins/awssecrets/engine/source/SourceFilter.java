package io.jenkins.plugins.awssecrets.engine.source;

import java.util.Map;
import java.util.Optional;

/**
 * What listing a source is narrowed to. Reading by name is not narrowed: a declared reference outside of the filter
 * works.
 *
 * @param prefix {@code pathPrefix} (ssm: a path such as {@code /ci/}; vault: {@code mount/path}) or {@code namePrefix}
 *     (secretsManager)
 * @param tags tags that must all be there; an empty value means any value
 * @param stripPrefix removed from the start of a name to make a discovered credential's id
 */
public record SourceFilter(Optional<String> prefix, Map<String, String> tags, Optional<String> stripPrefix) {
    public static final SourceFilter NONE = new SourceFilter(Optional.empty(), Map.of(), Optional.empty());

    public SourceFilter {
        tags = Map.copyOf(tags);
    }
}
