package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a request is sent again: 200 ms, then 400 ms, each with half of it left to chance, so that
 * many builds do not come back at one moment; longer where the server says so.
 */
public final class Backoff {
    /** How often a request is sent at most. */
    static final int ATTEMPTS = 3;

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** A wait that an interrupt ends. */
    @FunctionalInterface
    public interface Pause {
        void last(Duration duration) throws InterruptedException;
    }

    private final DoubleSupplier chance;
    private final Pause pause;

    /** @param chance numbers from 0 up to 1 */
    public Backoff(DoubleSupplier chance, Pause pause) {
        this.chance = chance;
        this.pause = pause;
    }

    /** The wall clock's, with the JVM's random numbers. */
    public static Backoff real() {
        return new Backoff(Math::random, duration -> Thread.sleep(duration.toMillis()));
    }

    /**
     * @param attempt the number of the attempt that failed, from 1
     * @param retryAfter what the server asks for
     * @return empty when there is to be no further attempt, or not within 30 s
     */
    Optional<Duration> before(int attempt, Optional<Duration> retryAfter) {
        if (attempt >= ATTEMPTS) {
            return Optional.empty();
        }
        double millis = FIRST.toMillis() * Math.pow(2, attempt - 1.0) * (0.5 + chance.getAsDouble() / 2);
        Duration own = Duration.ofMillis((long) millis);
        Duration wait = retryAfter.filter(asked -> asked.compareTo(own) > 0).orElse(own);
        return wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
    }

    void pause(Duration duration) throws InterruptedException {
        pause.last(duration);
    }
}
