package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The leases of a command's dynamic secrets: renewed at two thirds of their time while it runs, revoked when this is
 * closed. Neither failure changes the command's exit status; each is told on the error stream.
 */
final class Leases implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(10);

    private final ErrorReport report;
    private final List<Held> held = new ArrayList<>();
    private final ScheduledExecutorService clock;

    private record Held(LeasedSource source, Locator locator, Lease lease) {}

    private Leases(ErrorReport report, ScheduledExecutorService clock) {
        this.report = report;
        this.clock = clock;
    }

    /** Begins to keep the leases of a snapshot that was read just now. */
    static Leases keep(Sources sources, Snapshot snapshot, ErrorReport report) {
        Leases leases = new Leases(report, Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "leases");
            thread.setDaemon(true);
            return thread;
        }));
        snapshot.payloads()
                .forEach((locator, payload) -> payload.lease().ifPresent(lease -> sources.find(locator.source())
                        .filter(LeasedSource.class::isInstance)
                        .map(LeasedSource.class::cast)
                        .ifPresent(source -> leases.hold(new Held(source, locator, lease)))));
        return leases;
    }

    private void hold(Held one) {
        held.add(one);
        renewLater(one);
    }

    private void renewLater(Held one) {
        long seconds = one.lease().seconds();
        // A second or less is what is left before the backend's maximum: no renewal adds to it.
        if (one.lease().renewable() && seconds > 1) {
            clock.schedule(() -> renew(one), Math.max(1, seconds * 2 / 3), TimeUnit.SECONDS);
        }
    }

    private void renew(Held one) {
        try {
            renewLater(new Held(one.source(), one.locator(), one.source().renew(one.lease(), Deadline.in(CALL))));
        } catch (SecretException e) {
            report.warn("the lease of " + one.locator() + " is not renewed: " + e.explanation());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        for (Held one : held) {
            try {
                one.source().revoke(one.lease(), Deadline.in(CALL));
            } catch (SecretException e) {
                report.warn(
                        one.lease().isCertificate()
                                ? one.locator() + ": " + e.explanation()
                                : "the lease of " + one.locator() + " is not revoked: " + e.explanation());
            }
        }
    }
}
