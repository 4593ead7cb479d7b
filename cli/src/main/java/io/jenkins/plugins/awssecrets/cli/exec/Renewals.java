package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.binding.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Renews the files of a command while it runs. */
final class Renewals implements AutoCloseable {
    private final Renewal renewal;
    private final Optional<ScheduledExecutorService> alarms;

    private Renewals(Renewal renewal, Optional<ScheduledExecutorService> alarms) {
        this.renewal = renewal;
        this.alarms = alarms;
    }

    /** Without a thread where nothing is to be renewed. */
    static Renewals begin(Renewal renewal) {
        Optional<Instant> first = renewal.due();
        Renewals renewals = new Renewals(
                renewal,
                first.map(due -> Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "renewals");
                    thread.setDaemon(true);
                    return thread;
                })));
        first.ifPresent(renewals::at);
        return renewals;
    }

    private void at(Instant due) {
        alarms.filter(executor -> !executor.isShutdown())
                .ifPresent(executor -> executor.schedule(
                        () -> at(renewal.renew()),
                        Math.max(0, Duration.between(Instant.now(), due).toMillis()),
                        TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        alarms.ifPresent(ScheduledExecutorService::shutdownNow);
    }
}
