package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a source's filter leaves out, and whether that looks meant. */
final class FilterReview {
    /** {@code ListSecrets} takes at most 10 filters of at most 10 values (API reference, Filter). */
    private static final int MOST_TAGS = 10;

    private static final int MOST_TOLD = 3;

    private final String source;
    private final SourceKind kind;
    private final SourceFilter filter;

    FilterReview(String source, SourceKind kind, SourceFilter filter) {
        this.source = source;
        this.kind = kind;
        this.filter = filter;
    }

    /** Why a filter as it is written cannot do what is wanted of it. */
    Optional<Finding> ofItself() {
        if (filter.tags().size() <= MOST_TAGS) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                "source " + source,
                source,
                Cause.TOO_MANY_FILTER_VALUES,
                Severity.WARNING,
                "its filter asks for " + filter.tags().size()
                        + " tags at once: a secret must have all of them, and a search can be narrowed to " + MOST_TAGS,
                "keep the tags that every secret has, or make a source for each alternative"));
    }

    /** When none of the credentials that are there comes through. */
    Optional<Finding> tooNarrow(List<SecretMetadata> leftOut, int letThrough) {
        if (leftOut.isEmpty() || letThrough > 0) {
            return Optional.empty();
        }
        Why most = leftOut.stream()
                .map(this::why)
                .min(Comparator.comparing(w -> !w.near()))
                .orElseThrow();
        return Optional.of(Finding.of(
                "source " + source,
                source,
                Cause.FILTER_TOO_NARROW,
                Severity.WARNING,
                "its filter matches none of the " + leftOut.size() + " secrets that are credentials: " + most.reason(),
                most.fix()));
    }

    Finding filteredOut(SecretMetadata secret) {
        Why why = why(secret);
        return Finding.of(
                source + ":" + secret.name(),
                source,
                Cause.FILTERED_OUT,
                why.near() ? Severity.WARNING : Severity.NOTE,
                "it is a credential by its tags, and the filter of source " + source + " leaves it out: "
                        + why.reason(),
                why.fix());
    }

    /** @param near whether the filter probably means this secret */
    private record Why(String reason, String fix, boolean near) {}

    private Why why(SecretMetadata secret) {
        if (kind == SourceKind.VAULT && filter.prefixes().isEmpty()) {
            return new Why(
                    "a Vault is searched below the filter's pathPrefix only, and there is none",
                    "set the filter's pathPrefix to a mount or a folder, such as secret/ci",
                    false);
        }
        List<Why> reasons = new ArrayList<>();
        if (!filter.takes(secret.name())) {
            reasons.add(new Why(
                    "its name does not begin with '" + String.join("' or '", filter.prefixes()) + "'",
                    "widen the filter's " + (kind == SourceKind.SECRETS_MANAGER ? "namePrefix" : "pathPrefix")
                            + ", or name the secret below it",
                    filter.prefixes().stream().anyMatch(prefix -> looksAlike(prefix, secret.name()))));
        }
        for (Map.Entry<String, String> wanted : new TreeMap<>(filter.tags()).entrySet()) {
            tag(secret, wanted.getKey(), wanted.getValue()).ifPresent(reasons::add);
        }
        return reasons.isEmpty()
                ? new Why("the backend leaves it out", "check the filter", false)
                : new Why(
                        some(reasons.stream().map(Why::reason).toList()),
                        some(reasons.stream().map(Why::fix).distinct().toList()),
                        reasons.stream().allMatch(Why::near));
    }

    /** The first of them: a filter of many tags would fill a page. */
    private static String some(List<String> texts) {
        String told = texts.stream().limit(MOST_TOLD).collect(Collectors.joining("; "));
        return texts.size() <= MOST_TOLD ? told : told + "; and " + (texts.size() - MOST_TOLD) + " more like this";
    }

    private static boolean looksAlike(String prefix, String name) {
        return Spelling.isNear(prefix, name.substring(0, Math.min(prefix.length(), name.length())))
                || name.startsWith(prefix.replaceAll("^/+|/+$", ""))
                || name.startsWith("/" + prefix);
    }

    private static Optional<Why> tag(SecretMetadata secret, String key, String value) {
        String has = secret.tags().get(key);
        if (has == null) {
            Optional<String> near = Spelling.within(2, key, secret.tags().keySet());
            return Optional.of(new Why(
                    "it has no tag '" + key + "'"
                            + near.map(n -> ", but '" + n + "'").orElse(""),
                    "add the tag '" + key + "', or remove the tag from the filter",
                    near.isPresent()));
        }
        if (value.isEmpty() || value.equals(has)) {
            return Optional.empty();
        }
        // The secret's own value is not repeated: nothing keeps people from putting anything into a tag.
        return Optional.of(new Why(
                "its tag '" + key + "' is not '" + value + "'" + (has.equalsIgnoreCase(value) ? " by its case" : ""),
                "give the tag '" + key + "' the value '" + value + "', or change the filter",
                Spelling.isNear(has, value)));
    }
}
