package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Renews a build's leases at two thirds of their time, for as long as the build needs them. */
final class LeaseKeeper {
    private static final Logger LOGGER = Logger.getLogger(LeaseKeeper.class.getName());
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Map<Placed, Future<?>> alarms = new HashMap<>();

    /** A lease that was given just now. */
    synchronized void keep(Placed secret, Lease lease) {
        alarms.put(secret, later(secret, lease, lease.seconds() * 2 / 3));
    }

    /** A lease of which nobody knows how long ago it was given: it is renewed at once. */
    synchronized void keepFromBefore(Placed secret, Lease lease) {
        alarms.put(secret, later(secret, lease, 0));
    }

    synchronized void stop(Placed secret) {
        Future<?> alarm = alarms.remove(secret);
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    synchronized void stop() {
        alarms.values().forEach(alarm -> alarm.cancel(false));
        alarms.clear();
    }

    private Future<?> later(Placed secret, Lease lease, long seconds) {
        // A second or less is what is left before the backend's maximum: no renewal adds to it.
        if (!lease.renewable() || lease.seconds() <= 1) {
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }
        return Timer.get()
                .schedule(
                        () -> Catalog.get().executor().execute(() -> renew(secret, lease)),
                        Math.max(0, seconds),
                        TimeUnit.SECONDS);
    }

    private void renew(Placed secret, Lease lease) {
        try {
            if (Catalog.get().source(secret.place(), secret.locator().source()).orElse(null)
                    instanceof LeasedSource source) {
                again(secret, source.renew(lease, Deadline.in(CALL)), lease.seconds() * 2 / 3);
            }
        } catch (SecretException e) {
            LOGGER.log(Level.WARNING, "The lease of {0} could not be renewed: {1}", new Object[] {
                secret.locator(), e.explanation()
            });
            if (e.problem() != Problem.NOT_FOUND && e.problem() != Problem.DENIED) {
                again(secret, lease, Math.max(1, lease.seconds() / 10));
            }
        }
    }

    private synchronized void again(Placed secret, Lease lease, long seconds) {
        if (alarms.containsKey(secret)) {
            alarms.put(secret, later(secret, lease, Math.min(seconds, lease.seconds() * 2 / 3)));
        }
    }
}
