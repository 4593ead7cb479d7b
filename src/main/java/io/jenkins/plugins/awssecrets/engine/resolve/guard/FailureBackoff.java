package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long a backend that failed is left alone: doubled with each failure in a row, less up to half of it at random so
 * that many controllers do not come back in step.
 */
public final class FailureBackoff {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration most;
    private final DoubleSupplier chance;

    /** @param chance numbers from 0 up to 1 */
    public FailureBackoff(Duration first, Duration most, DoubleSupplier chance) {
        this.first = first;
        this.most = most;
        this.chance = chance;
    }

    public static FailureBackoff from(Duration first, Duration most) {
        return new FailureBackoff(first, most, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param failures how many there were in a row, at least one */
    public Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration bounded = doubled.compareTo(most) < 0 ? doubled : most;
        return Duration.ofMillis(Math.max(1, (long) (bounded.toMillis() * (0.5 + chance.getAsDouble() / 2))));
    }
}
