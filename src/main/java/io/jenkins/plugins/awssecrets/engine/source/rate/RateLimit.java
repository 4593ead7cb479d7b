package io.jenkins.plugins.awssecrets.engine.source.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The pace of one source's requests: none until the backend asks to slow down, then half of what was sent in the second
 * before, evenly spaced. It grows by a tenth of that with every second in which nothing is throttled, is halved again
 * when something is, and is lifted after a minute without.
 *
 * <p>Nothing is sent before the time a backend names ({@code Retry-After}), for a minute at most: it is asked again then.
 * Safe for use by several threads. It keeps no thread waiting: callers are told how long to wait.
 */
public final class RateLimit {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIFTED_AFTER = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final double SLOWEST = 1;
    private static final double LEAST_FIRST = 5;
    private static final double GROWTH_A_SECOND = 0.1;
    private static final int MOST_MEASURED = 1_000;

    private final Clock clock;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private boolean limited;
    private double rate;
    private double measured;
    private Instant lastThrottled = Instant.MIN;
    private Instant nextSlot = Instant.MIN;
    private Instant notBefore = Instant.MIN;

    public RateLimit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes the next place in the row.
     *
     * @param longest how long the caller would wait
     * @return how long it has to wait before it sends; empty, and no place taken, when that is longer
     */
    public synchronized Optional<Duration> reserve(Duration longest) {
        Instant now = clock.instant();
        if (limited && now.isBefore(lastThrottled.minus(SECOND))) {
            // The clock was set back: what was to come at a time comes at nobody knows which.
            limited = false;
            notBefore = Instant.MIN;
        }
        if (limited && !now.isBefore(lastThrottled.plus(LIFTED_AFTER))) {
            limited = false;
        }
        Instant slot = later(now, notBefore);
        if (limited) {
            slot = later(slot, nextSlot);
        }
        Duration wait = Duration.between(now, slot);
        if (wait.compareTo(longest) > 0) {
            return Optional.empty();
        }
        if (limited) {
            nextSlot = slot.plusNanos((long) (SECOND.toNanos() / current(slot)));
        }
        remember(slot);
        return Optional.of(wait);
    }

    /**
     * The backend asked to slow down.
     *
     * @param retryAfter how long it wants no request
     */
    public synchronized void throttled(Optional<Duration> retryAfter) {
        Instant now = clock.instant();
        Optional<Duration> pause = retryAfter
                .filter(asked -> !asked.isNegative())
                .map(asked -> asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
        if (pause.isPresent()) {
            notBefore = later(notBefore, now.plus(pause.get()));
        }
        // What was sent together is refused together, and is one reason to slow down.
        if (limited && now.isBefore(lastThrottled.plus(SECOND))) {
            return;
        }
        if (limited) {
            rate = Math.max(SLOWEST, current(now) / 2);
        } else {
            forgetBefore(now.minus(SECOND));
            measured = Math.max(LEAST_FIRST * 2, sent.size());
            rate = measured / 2;
            nextSlot = now;
        }
        limited = true;
        lastThrottled = now;
    }

    /** Requests a second at this moment; empty without a limit. */
    public synchronized Optional<Double> perSecond() {
        Instant now = clock.instant();
        return limited && now.isBefore(lastThrottled.plus(LIFTED_AFTER)) ? Optional.of(current(now)) : Optional.empty();
    }

    private double current(Instant now) {
        double seconds = Math.max(0, Duration.between(lastThrottled, now).toMillis() / 1_000.0);
        return rate + measured * GROWTH_A_SECOND * seconds;
    }

    private void remember(Instant slot) {
        forgetBefore(slot.minus(SECOND));
        if (sent.size() < MOST_MEASURED) {
            sent.addLast(slot);
        }
    }

    private void forgetBefore(Instant oldest) {
        while (!sent.isEmpty() && sent.peekFirst().isBefore(oldest)) {
            sent.removeFirst();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
