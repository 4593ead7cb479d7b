package io.jenkins.plugins.awssecrets.metrics;

import com.codahale.metrics.health.HealthCheck;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.operations.Trouble;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.metrics.api.HealthCheckProvider;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Unhealthy while a source is down, cannot be listed or has lost its login. Asks nobody. */
@OptionalExtension(requirePlugins = "metrics")
public final class SourcesHealthCheck extends HealthCheckProvider {
    static final String NAME = "aws-secrets-sources";

    @Override
    public Map<String, HealthCheck> getHealthChecks() {
        return Map.of(NAME, new Check());
    }

    private static final class Check extends HealthCheck {
        @Override
        protected Result check() {
            Instant now = Instant.now();
            List<Trouble> troubles = Trouble.of(Catalog.get().sources(), Clock.systemUTC()).stream()
                    .filter(trouble -> !trouble.since().isAfter(now))
                    .toList();
            return troubles.isEmpty()
                    ? Result.healthy()
                    : Result.unhealthy(troubles.stream()
                            .map(Trouble::message)
                            .collect(Collectors.joining(" | "))
                            // The text is a format for String.format.
                            .replace("%", "%%"));
        }
    }
}
