package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;

/**
 * A source's filter. What {@code ListSecrets} can match is sent along to save pages, and everything is matched again
 * here: the service matches beginnings only, knows no pair of tag key and value, and takes several keys as "any of".
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html">Filter</a>
 */
final class SecretFilters {
    /** The API's pattern without the {@code !} at the start, which would turn the meaning round. */
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9 :_@/+=.\\-][a-zA-Z0-9 :_@/+=.!\\-]{0,511}");

    /** Values of one filter, by the API. */
    private static final int MOST_VALUES = 10;

    private final SourceFilter filter;

    SecretFilters(SourceFilter filter) {
        this.filter = filter;
    }

    List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        add(filters, FilterNameStringType.NAME, filter.prefixes());
        new TreeMap<>(filter.tags()).entrySet().stream().limit(1).forEach(tag -> {
            add(filters, FilterNameStringType.TAG_KEY, List.of(tag.getKey()));
            add(filters, FilterNameStringType.TAG_VALUE, List.of(tag.getValue()));
        });
        return filters;
    }

    /** The service takes any of the values; what it cannot be asked for is seen to by {@link #letThrough} alone. */
    private static void add(List<Filter> filters, FilterNameStringType key, List<String> values) {
        boolean askable = !values.isEmpty()
                && values.size() <= MOST_VALUES
                && values.stream().allMatch(value -> ALLOWED.matcher(value).matches());
        if (askable) {
            filters.add(Filter.builder().key(key).values(values).build());
        }
    }

    boolean letThrough(SecretMetadata secret) {
        return filter.takes(secret.name())
                && filter.tags().entrySet().stream().allMatch(tag -> hasTag(secret.tags(), tag));
    }

    private static boolean hasTag(Map<String, String> tags, Map.Entry<String, String> wanted) {
        return tags.containsKey(wanted.getKey())
                && (wanted.getValue().isEmpty() || wanted.getValue().equals(tags.get(wanted.getKey())));
    }
}
