package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The metadata of one source, so that looking a credential up costs no network. Holds no value.
 *
 * <p>Fresh for its lifetime; in the last fifth of it the next reader starts a refresh in the background and is served
 * what is there. One refresh is in flight at a time. While a source fails, what was last known is served with its age,
 * and the next try waits: 5 seconds at first, doubled with each failure up to the lifetime, less up to half of it at
 * random so that many controllers do not come back in step.
 */
public final class MetadataCache {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration REFRESH_BUDGET = Duration.ofMinutes(2);
    private static final int MOST_DOUBLINGS = 10;

    private final SecretSource source;
    private final Duration lifetime;
    private final Clock clock;
    private final ExecutorService executor;
    private final Consumer<Listing> keep;

    private Listing listing;
    private CompletableFuture<Listing> inFlight;
    private int failures;
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
        this.keep = keep;
    }

    /** What is known now. Never waits; starts a refresh when one is due. */
    public synchronized Listing current() {
        refreshIfDue();
        return listing;
    }

    /**
     * What is known; where nothing is yet, waits for the refresh in flight.
     *
     * @param patience how long to wait at most, after which the listing says that it is not known yet
     */
    public Listing await(Duration patience) {
        CompletableFuture<Listing> refresh;
        synchronized (this) {
            refreshIfDue();
            if (listing.asOf().isPresent() || inFlight == null) {
                return listing;
            }
            refresh = inFlight;
        }
        try {
            return refresh.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return current();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return current();
        }
    }

    /** Forgets the freshness of what is known, so that the next reader starts a refresh. */
    public synchronized void expire() {
        failures = 0;
        notBefore = Instant.MIN;
        listing = new Listing(listing.secrets(), listing.asOf().map(a -> Instant.EPOCH), listing.problem());
    }

    private void refreshIfDue() {
        Instant now = clock.instant();
        boolean due = listing.asOf()
                .map(asOf -> !now.isBefore(asOf.plus(lifetime.multipliedBy(4).dividedBy(5))))
                .orElse(true);
        if (!due || inFlight != null || now.isBefore(notBefore)) {
            return;
        }
        CompletableFuture<Listing> refresh = new CompletableFuture<>();
        inFlight = refresh;
        try {
            executor.execute(() -> refresh(refresh));
        } catch (RejectedExecutionException e) {
            // Shutting down: what is known stays.
            inFlight = null;
            refresh.complete(listing);
        }
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
            failures = 0;
            notBefore = Instant.MIN;
            inFlight = null;
        }
        try {
            keep.accept(fresh);
        } finally {
            refresh.complete(fresh);
        }
    }

    private void fail(CompletableFuture<Listing> refresh, SecretException why) {
        Listing known;
        synchronized (this) {
            listing = listing.failed(why);
            known = listing;
            notBefore = clock.instant().plus(wait(failures++));
            inFlight = null;
        }
        refresh.complete(known);
    }

    private Duration wait(int failuresBefore) {
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
        Duration bounded = doubled.compareTo(lifetime) < 0 ? doubled : lifetime;
        long half = Math.max(1, bounded.toMillis() / 2);
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }
}
