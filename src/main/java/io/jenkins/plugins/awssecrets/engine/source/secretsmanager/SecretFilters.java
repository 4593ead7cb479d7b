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

    private final SourceFilter filter;

    SecretFilters(SourceFilter filter) {
        this.filter = filter;
    }

    List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        filter.prefix().ifPresent(prefix -> add(filters, FilterNameStringType.NAME, prefix));
        new TreeMap<>(filter.tags()).entrySet().stream().limit(1).forEach(tag -> {
            add(filters, FilterNameStringType.TAG_KEY, tag.getKey());
            add(filters, FilterNameStringType.TAG_VALUE, tag.getValue());
        });
        return filters;
    }

    private static void add(List<Filter> filters, FilterNameStringType key, String value) {
        if (ALLOWED.matcher(value).matches()) {
            filters.add(Filter.builder().key(key).values(value).build());
        }
    }

    boolean letThrough(SecretMetadata secret) {
        return secret.name().startsWith(filter.prefix().orElse(""))
                && filter.tags().entrySet().stream().allMatch(tag -> hasTag(secret.tags(), tag));
    }

    private static boolean hasTag(Map<String, String> tags, Map.Entry<String, String> wanted) {
        return tags.containsKey(wanted.getKey())
                && (wanted.getValue().isEmpty() || wanted.getValue().equals(tags.get(wanted.getKey())));
    }
}
