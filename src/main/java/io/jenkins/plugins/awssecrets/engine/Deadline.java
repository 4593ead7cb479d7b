package io.jenkins.plugins.awssecrets.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The moment by which an operation with all its calls and retries ends. */
public final class Deadline {
    private final Clock clock;
    private final Instant end;

    private Deadline(Clock clock, Instant end) {
        this.clock = clock;
        this.end = end;
    }

    public static Deadline in(Duration budget, Clock clock) {
        return new Deadline(clock, clock.instant().plus(budget));
    }

    public static Deadline in(Duration budget) {
        return in(budget, Clock.systemUTC());
    }

    /** The time left, never negative. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean passed() {
        return remaining().isZero();
    }
}
