package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A source that ends no sooner than what it gave: told to close, it takes no new reads, and closes when the calls under
 * way have ended and each lease that it gave is revoked or over. Closing revokes its login, and with a Vault token all
 * leases that were given to it.
 */
final class RetiringSource extends ForwardingSource implements LeasedSource {
    private final GuardedSource source;
    private final Clock clock;
    private final Map<String, Instant> leases = new HashMap<>();

    /** The source whose session for a build it is. */
    private final Optional<RetiringSource> origin;

    /** Calls, and sessions of builds. */
    private int underWay;

    private boolean retired;
    private boolean closed;

    /** @param clock tells when leases that nobody revoked are over */
    RetiringSource(GuardedSource source, Clock clock) {
        this(source, clock, Optional.empty());
    }

    private RetiringSource(GuardedSource source, Clock clock, Optional<RetiringSource> origin) {
        this.source = source;
        this.clock = clock;
        this.origin = origin;
    }

    Breaker.State state() {
        return source.state();
    }

    @Override
    protected SecretSource target() {
        return source;
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return calling(called -> {
            Optional<SecretSource> session = source.forBuild(build)
                    .map(own -> new RetiringSource((GuardedSource) own, clock, Optional.of(this)));
            if (session.isPresent()) {
                synchronized (this) {
                    underWay++;
                }
            }
            return session;
        });
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        return calling(called -> {
            Map<Locator, Outcome> outcomes = source.fetch(locators, deadline);
            outcomes.values().forEach(this::note);
            return outcomes;
        });
    }

    /** {@inheritDoc} Works for a lease that it gave also when it is to close. */
    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        return calling(lease, () -> {
            Lease renewed = leasedTarget().renew(lease, deadline);
            note(renewed);
            return renewed;
        });
    }

    /** {@inheritDoc} Works for a lease that it gave also when it is to close. */
    @Override
    public void revoke(Lease lease, Deadline deadline) {
        calling(lease, () -> {
            leasedTarget().revoke(lease, deadline);
            forget(lease);
            return lease;
        });
    }

    /** Whether somebody waits for it. */
    synchronized boolean isCalled() {
        return underWay > 0;
    }

    /** Whether it gave this lease, and may still end it. */
    synchronized boolean gave(Lease lease) {
        return !closed && leases.containsKey(lease.id());
    }

    /** Closes it now, or when nobody needs it any more. Blocks on the network where that is now. */
    @Override
    public void close() {
        synchronized (this) {
            retired = true;
        }
        closeWhenUnneeded();
    }

    /** Closes it where it is to close and leases that were waited for are over. */
    boolean isClosed() {
        closeWhenUnneeded();
        synchronized (this) {
            return closed;
        }
    }

    @Override
    protected <T> T calling(Function<SecretSource, T> call) {
        synchronized (this) {
            if (retired) {
                throw gone();
            }
            underWay++;
        }
        return ending(() -> call.apply(source));
    }

    private <T> T calling(Lease lease, Supplier<T> call) {
        synchronized (this) {
            if (closed || retired && !leases.containsKey(lease.id())) {
                throw gone();
            }
            underWay++;
        }
        return ending(call);
    }

    private <T> T ending(Supplier<T> call) {
        try {
            return call.get();
        } finally {
            ended();
        }
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        closeWhenUnneeded();
    }

    private SecretException gone() {
        return new SecretException(
                Problem.ABORTED, "source " + id(), "its configuration changed in the meantime", "run it again");
    }

    private void note(Outcome outcome) {
        if (outcome instanceof Outcome.Found found) {
            found.payload().lease().ifPresent(this::note);
        }
    }

    private synchronized void note(Lease lease) {
        leases.put(lease.id(), clock.instant().plusSeconds(lease.seconds()));
    }

    private synchronized void forget(Lease lease) {
        leases.remove(lease.id());
    }

    /** Outside of the lock, as it may revoke a token over the network. */
    private void closeWhenUnneeded() {
        synchronized (this) {
            leases.values().removeIf(end -> !end.isAfter(clock.instant()));
            boolean leased = origin.isEmpty() && !leases.isEmpty();
            if (closed || !retired || underWay > 0 || leased) {
                return;
            }
            closed = true;
        }
        source.close();
        origin.ifPresent(RetiringSource::ended);
    }
}
