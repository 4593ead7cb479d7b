package io.jenkins.plugins.awssecrets.metrics;

import com.codahale.metrics.MetricRegistry;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import java.util.Arrays;

/**
 * What is measured, by the name that OpenTelemetry's rules would give it. This registry knows no attributes, so their
 * values follow the name: {@code aws_secrets.source.calls.sm.fetch}.
 */
enum MetricName {
    CALLS("aws_secrets.source.calls"),
    ERRORS("aws_secrets.source.errors"),
    THROTTLES("aws_secrets.source.throttles"),
    DURATION("aws_secrets.source.call.duration"),
    BREAKER_STATE("aws_secrets.source.breaker.state"),
    BREAKER_FAILURES("aws_secrets.source.breaker.failures"),
    CACHE_AGE("aws_secrets.source.cache.age"),
    CACHE_SECRETS("aws_secrets.source.cache.secrets");

    private final String name;

    MetricName(String name) {
        this.name = name;
    }

    /** @param attributes source first */
    String with(String... attributes) {
        // A dot parts names; folders may have some in theirs.
        return MetricRegistry.name(
                name,
                Arrays.stream(attributes).map(text -> text.replace('.', '_')).toArray(String[]::new));
    }

    String of(SourceStatus source) {
        return with(source.fullName());
    }
}
