package io.jenkins.plugins.awssecrets.operations;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks once a minute whether a source that is in trouble is well again, so that a warning goes away though nobody asks
 * for the source's secrets.
 */
@Extension
public final class Recovery extends PeriodicWork {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected void doRun() {
        Trouble.of(Catalog.get().sources(), Clock.systemUTC()).forEach(trouble -> look(trouble.source()));
    }

    private void look(SourceStatus status) {
        Catalog catalog = Catalog.get();
        if (!underWay.add(status.fullName())) {
            return;
        }
        catalog.executor().execute(() -> {
            try {
                catalog.own(status.owner()).ifPresent(view -> {
                    view.source(status.id()).ifPresent(Recovery::tried);
                    // Starts a refresh where one is due.
                    view.listings();
                });
            } finally {
                underWay.remove(status.fullName());
            }
        });
    }

    private static void tried(SecretSource source) {
        source.check(Deadline.in(PATIENCE));
    }
}
