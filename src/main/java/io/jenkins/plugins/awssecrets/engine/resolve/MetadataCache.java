package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.FailureBackoff;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The metadata of one source, so that looking a credential up costs no network. Holds no value.
 *
 * <p>Fresh for its lifetime; in the last fifth of it the next reader starts a refresh in the background and is served
 * what is there. One refresh is in flight at a time. While a source fails, what was last known is served with its age,
 * and the next try waits: 5 seconds at first, doubled with each failure up to the lifetime ({@link FailureBackoff}).
 */
public final class MetadataCache {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration REFRESH_BUDGET = Duration.ofMinutes(2);

    private final SecretSource source;
    private final Duration lifetime;
    private final Clock clock;
    private final ExecutorService executor;
    private final Consumer<Listing> keep;
    private final Duration longestPause;
    private final FailureBackoff backoff;

    private Listing listing;

    /** Whether it is what an earlier process knew, of which no refresh is through yet. */
    private boolean earlier;

    private CompletableFuture<Listing> inFlight;
    private Instant inFlightSince = Instant.MIN;
    private boolean expired;
    private int failures;
    private Optional<Instant> failingSince = Optional.empty();
    private Instant notBefore = Instant.MIN;

    /**
     * @param lifetime how long a listing is fresh
     * @param executor runs refreshes; not closed here
     * @param known what an earlier process knew, or an empty one
     * @param keep gets each new listing, to be kept for the next start; called on the executor
     */
    public MetadataCache(
            SecretSource source,
            Duration lifetime,
            Clock clock,
            ExecutorService executor,
            Optional<Listing> known,
            Consumer<Listing> keep) {
        this.source = source;
        this.lifetime = lifetime;
        this.clock = clock;
        this.executor = executor;
        this.listing = known.orElse(Listing.UNKNOWN);
        this.earlier = known.isPresent();
        this.keep = keep;
        this.longestPause = lifetime.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : lifetime;
        this.backoff = FailureBackoff.from(FIRST_WAIT, longestPause);
    }

    /** What is known now, for those who only look: no refresh is started for them. */
    public synchronized Listing known() {
        return listing;
    }

    /** When the first of the failures began that came since the last refresh that worked; empty when none did. */
    public synchronized Optional<Instant> failingSince() {
        return failingSince;
    }

    /** What is known now. Never waits; starts a refresh when one is due. */
    public synchronized Listing current() {
        refreshIfDue();
        return listing;
    }

    /**
     * What is known. What an earlier process knew serves until the first refresh is through. Else, where it is nothing, or
     * it outlived its lifetime because nobody asked for it, waits for the refresh in flight; while the source fails,
     * nobody waits for it.
     *
     * @param patience how long to wait at most, counted from when the refresh began: those who come later to one that
     *     hangs are served what is known, which may be nothing, at once
     */
    public Listing await(Duration patience) {
        return await(patience, true);
    }

    /**
     * The same for who misses something in what is known: what an earlier process knew does not serve.
     *
     * @param patience how long to wait at most, as above
     */
    public Listing awaitOwn(Duration patience) {
        return await(patience, false);
    }

    private Listing await(Duration patience, boolean earlierServes) {
        CompletableFuture<Listing> refresh;
        Duration left;
        synchronized (this) {
            refreshIfDue();
            if (inFlight == null || isGoodEnough() || earlier && earlierServes) {
                return listing;
            }
            refresh = inFlight;
            left = patience.minus(Duration.between(inFlightSince, clock.instant()));
        }
        if (left.isNegative() || left.isZero()) {
            return current();
        }
        try {
            return refresh.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return current();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return current();
        }
    }

    private boolean isGoodEnough() {
        boolean alive = listing.asOf()
                .map(asOf -> clock.instant().isBefore(asOf.plus(lifetime)))
                .orElse(false);
        return alive || listing.asOf().isPresent() && listing.problem().isPresent();
    }

    /**
     * Forgets the freshness of what is known, so that the next reader starts a refresh. One that is in flight may have
     * seen the source before whatever this is called for, so it is followed by another.
     */
    public synchronized void expire() {
        failures = 0;
        notBefore = Instant.MIN;
        expired = true;
    }

    private void refreshIfDue() {
        Instant now = clock.instant();
        // A next try further off than any pause: the clock was set back.
        boolean pausing = now.isBefore(notBefore) && !notBefore.isAfter(now.plus(longestPause));
        if (!isDue(now) || inFlight != null || pausing) {
            return;
        }
        CompletableFuture<Listing> refresh = new CompletableFuture<>();
        inFlight = refresh;
        inFlightSince = now;
        expired = false;
        try {
            executor.execute(() -> refresh(refresh));
        } catch (RejectedExecutionException e) {
            // Shutting down: what is known stays.
            inFlight = null;
            refresh.complete(listing);
        }
    }

    private boolean isDue(Instant now) {
        // A listing from the future was made before the clock was set back: how old it is nobody knows.
        return expired
                || listing.asOf()
                        .map(asOf -> asOf.isAfter(now)
                                || !now.isBefore(
                                        asOf.plus(lifetime.multipliedBy(4).dividedBy(5))))
                        .orElse(true);
    }

    private void refresh(CompletableFuture<Listing> refresh) {
        Listing fresh;
        try {
            fresh = new Listing(
                    source.list(Deadline.in(REFRESH_BUDGET, clock)), Optional.of(clock.instant()), Optional.empty());
        } catch (SecretException e) {
            fail(refresh, e);
            return;
        } catch (RuntimeException | Error e) {
            fail(
                    refresh,
                    new SecretException(
                            Problem.INTERNAL,
                            "source " + source.id(),
                            "an unexpected " + e.getClass().getName(),
                            "report this as a defect"));
            return;
        }
        synchronized (this) {
            listing = fresh;
            earlier = false;
            failures = 0;
            failingSince = Optional.empty();
            notBefore = Instant.MIN;
            inFlight = null;
        }
        // Nobody waits for a disk.
        refresh.complete(fresh);
        keep.accept(fresh);
    }

    private void fail(CompletableFuture<Listing> refresh, SecretException why) {
        Listing known;
        synchronized (this) {
            listing = listing.failed(why);
            failingSince = failingSince.or(() -> Optional.of(clock.instant()));
            known = listing;
            notBefore = clock.instant().plus(backoff.after(++failures));
            inFlight = null;
        }
        refresh.complete(known);
    }
}
