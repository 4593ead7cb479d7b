package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/**
 * A source's filter in the words of {@code DescribeParameters}. A prefix that begins with {@code /} is a path, taken by
 * whole parts ({@code /ci} lists {@code /ci/x} and not {@code /city}); any other is the beginning of a name.
 *
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html">ParameterStringFilter</a>
 */
final class ParameterFilters {
    private final Optional<String> prefix;
    private final Map<String, String> tags;

    ParameterFilters(SourceFilter filter) {
        this.prefix =
                filter.prefix().filter(p -> !p.isEmpty()).map(p -> p.startsWith("/") && !p.endsWith("/") ? p + "/" : p);
        this.tags = new TreeMap<>(filter.tags());
    }

    List<ParameterStringFilter> all() {
        return with(tags);
    }

    /** The same, and only parameters that have this tag. */
    List<ParameterStringFilter> having(String tag) {
        Map<String, String> more = new TreeMap<>(tags);
        more.putIfAbsent(tag, "");
        return with(more);
    }

    /** Filters are matched by the service; a service that matches more loosely makes no difference to what is listed. */
    boolean letThrough(String name) {
        return prefix.isEmpty() || name.startsWith(prefix.get());
    }

    private List<ParameterStringFilter> with(Map<String, String> wantedTags) {
        List<ParameterStringFilter> filters = new ArrayList<>();
        prefix.filter(p -> !p.equals("/")).map(ParameterFilters::ofPrefix).ifPresent(filters::add);
        List<ParameterStringFilter> present = new ArrayList<>();
        wantedTags.forEach((key, value) -> {
            ParameterStringFilter.Builder filter =
                    ParameterStringFilter.builder().key("tag:" + key);
            if (value.isEmpty()) {
                present.add(filter.build());
            } else {
                filters.add(filter.option("Equals").values(value).build());
            }
        });
        filters.addAll(present);
        return filters;
    }

    private static ParameterStringFilter ofPrefix(String prefix) {
        return prefix.startsWith("/")
                ? ofPath(prefix.substring(0, prefix.length() - 1))
                : ParameterStringFilter.builder()
                        .key("Name")
                        .option("BeginsWith")
                        .values(prefix)
                        .build();
    }

    /** Everything below a path, which has no slash at its end. */
    static ParameterStringFilter ofPath(String path) {
        return ParameterStringFilter.builder()
                .key("Path")
                .option("Recursive")
                .values(path)
                .build();
    }
}
