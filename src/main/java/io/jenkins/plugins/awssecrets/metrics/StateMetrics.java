package io.jenkins.plugins.awssecrets.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** A gauge for each thing that is known of each source that is in use; those of sources that are gone are removed. */
@OptionalExtension(requirePlugins = "metrics")
public final class StateMetrics extends PeriodicWork {
    private final Set<String> registered = new HashSet<>();

    static StateMetrics get() {
        return ExtensionList.lookupSingleton(StateMetrics.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected void doRun() {
        register(Metrics.metricRegistry());
    }

    /** Brings the registry in line with the sources that there are now. */
    synchronized void register(MetricRegistry registry) {
        List<SourceStatus> sources = Catalog.get().sources();
        Set<String> wanted = new HashSet<>();
        for (SourceStatus source : sources) {
            wanted.add(source.fullName());
            if (registered.add(source.fullName())) {
                gauge(registry, MetricName.BREAKER_STATE, source, s -> s.breaker()
                        .map(b -> level(b.phase())));
                gauge(registry, MetricName.BREAKER_FAILURES, source, s -> s.breaker()
                        .map(Breaker.State::failures));
                gauge(registry, MetricName.CACHE_AGE, source, s -> s.listing()
                        .flatMap(l -> l.age(Clock.systemUTC()))
                        .map(Duration::toSeconds));
                gauge(registry, MetricName.CACHE_SECRETS, source, s -> s.listing()
                        .map(Listing::secrets)
                        .map(List::size));
            }
        }
        registered.removeIf(name -> !wanted.contains(name) && remove(registry, name));
    }

    private static <T> void gauge(
            MetricRegistry registry,
            MetricName metric,
            SourceStatus source,
            Function<SourceStatus, Optional<T>> value) {
        String name = source.fullName();
        registry.remove(metric.of(source));
        // Looked up at each reading: a changed configuration makes another source of the same name.
        Gauge<T> gauge = () -> Catalog.get().sources().stream()
                .filter(s -> s.fullName().equals(name))
                .findFirst()
                .flatMap(value)
                .orElse(null);
        registry.register(metric.of(source), gauge);
    }

    private static boolean remove(MetricRegistry registry, String source) {
        for (MetricName metric : List.of(
                MetricName.BREAKER_STATE,
                MetricName.BREAKER_FAILURES,
                MetricName.CACHE_AGE,
                MetricName.CACHE_SECRETS)) {
            registry.remove(metric.with(source));
        }
        return true;
    }

    private static int level(Breaker.Phase phase) {
        return switch (phase) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
