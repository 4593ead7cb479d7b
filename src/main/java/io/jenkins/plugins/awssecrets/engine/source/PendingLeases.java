package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Leases of secrets that were read and are not given to anybody yet. Where they are never given, they are revoked:
 * nobody else would end them before their time. Safe for use by several threads.
 */
public final class PendingLeases {
    /** For all that is revoked at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Held(LeasedSource source, Lease lease) {}

    private final List<Held> held = new ArrayList<>();
    private boolean dropped;

    /** Notes the lease of what a source gave; revokes it at once where all was dropped meanwhile. */
    public void add(SecretSource source, SecretPayload payload) {
        if (payload.lease().isEmpty() || !(source instanceof LeasedSource leased)) {
            return;
        }
        Held one = new Held(leased, payload.lease().get());
        synchronized (this) {
            if (!dropped) {
                held.add(one);
                return;
            }
        }
        revoke(List.of(one));
    }

    /**
     * Revokes what was noted, also in a thread that was interrupted, within 5 seconds.
     *
     * @return why leases could not be revoked; these end by themselves
     */
    public List<SecretException> drop() {
        List<Held> all;
        synchronized (this) {
            dropped = true;
            all = List.copyOf(held);
            held.clear();
        }
        return revoke(all);
    }

    private static List<SecretException> revoke(List<Held> leases) {
        if (leases.isEmpty()) {
            return List.of();
        }
        // An aborted build's leases are to end as well.
        boolean interrupted = Thread.interrupted();
        try {
            Deadline deadline = Deadline.in(PATIENCE);
            List<SecretException> failures = new ArrayList<>();
            for (Held one : leases) {
                try {
                    one.source().revoke(one.lease(), deadline);
                } catch (SecretException e) {
                    failures.add(new SecretException(
                            e.problem(),
                            "source " + one.source().id(),
                            "an unused " + one.lease() + " could not be revoked: " + e.reason(),
                            e.fix()));
                }
            }
            return failures;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
