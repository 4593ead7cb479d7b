package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Renews a build's leases at two thirds of their time, for as long as the build needs them. That one ends before the
 * build is reported in the build's log: what a step meets then is a refused login, which says nothing of leases.
 */
final class LeaseKeeper {
    private static final Logger LOGGER = Logger.getLogger(LeaseKeeper.class.getName());
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Map<Placed, Future<?>> alarms = new HashMap<>();
    private final Set<Placed> reported = ConcurrentHashMap.newKeySet();
    private final Givers givers;
    private final Consumer<String> log;

    /** Who a lease is renewed and revoked by. */
    interface Givers {
        Optional<SecretSource> of(Placed secret, Lease lease);
    }

    /**
     * @param givers tells who gave a lease
     * @param log takes lines for the build's log
     */
    LeaseKeeper(Givers givers, Consumer<String> log) {
        this.givers = givers;
        this.log = log;
    }

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
            if (givers.of(secret, lease).orElse(null) instanceof LeasedSource source) {
                Lease renewed = source.renew(lease, Deadline.in(CALL));
                if (renewed.seconds() < lease.seconds()) {
                    report(
                            secret,
                            "reaches its maximum and ends in " + renewed.seconds() + " s. Steps that use it later fail."
                                    + " Raise max_ttl of its role, or bind it again in a later block");
                }
                again(secret, renewed, lease.seconds() * 2 / 3);
            }
        } catch (SecretException e) {
            LOGGER.log(Level.WARNING, "The lease of {0} could not be renewed: {1}", new Object[] {
                secret.locator(), e.explanation()
            });
            if (e.problem() == Problem.NOT_FOUND || e.problem() == Problem.DENIED) {
                report(secret, "is not renewed (" + e.reason() + "). Steps that use it later fail");
            } else {
                again(secret, lease, Math.max(1, lease.seconds() / 10));
            }
        }
    }

    /** Once: each renewal near the maximum gets less than the one before. */
    private void report(Placed secret, String what) {
        if (reported.add(secret)) {
            log.accept("The lease of " + secret.locator() + " " + what);
        }
    }

    private synchronized void again(Placed secret, Lease lease, long seconds) {
        if (alarms.containsKey(secret)) {
            alarms.put(secret, later(secret, lease, Math.min(seconds, lease.seconds() * 2 / 3)));
        }
    }
}
