package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Stops the calls to a backend that is down. Three failed calls in a row open it; while it is open every call fails at
 * once, with what the last one met. After a pause ({@link FailureBackoff}) one call is let through, the probe: when the
 * backend answers it, whatever it says, the breaker closes, else the pause grows.
 *
 * <p>Only an outage counts ({@code UNREACHABLE}, and {@code TIMEOUT} of a call that was given two seconds or more). A
 * backend that denies, knows no such secret or asks to slow down is there. Safe for use by several threads.
 */
public final class Breaker {
    static final int FAILURES_TO_OPEN = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Whether calls are made. */
    public enum Phase {
        /** They are. */
        CLOSED,
        /** They fail at once. */
        OPEN,
        /** One is under way, the others fail at once. */
        HALF_OPEN
    }

    /**
     * How things stand, for people and metrics.
     *
     * @param since when this phase began
     * @param failures outages in a row
     * @param lastProblem the outage met last; empty when the last call was answered
     * @param nextTry when the next call is let through at the earliest; empty unless {@link Phase#OPEN}
     */
    public record State(
            Phase phase,
            Instant since,
            int failures,
            Optional<SecretException> lastProblem,
            Optional<Instant> nextTry) {}

    private final String subject;
    private final Clock clock;
    private final FailureBackoff backoff;

    private Phase phase = Phase.CLOSED;
    private Instant since;
    private Instant failingSince;
    private Instant nextTry;
    private int failures;
    private int pauses;
    private Optional<SecretException> last = Optional.empty();
    private Object probe = new Object();

    /** @param subject what errors name: {@code source sm} */
    public Breaker(String subject, Clock clock) {
        this(subject, clock, FailureBackoff.from(FIRST_PAUSE, LONGEST_PAUSE));
    }

    Breaker(String subject, Clock clock, FailureBackoff backoff) {
        this.subject = subject;
        this.clock = clock;
        this.backoff = backoff;
        this.since = clock.instant();
        this.failingSince = since;
        this.nextTry = since;
    }

    public synchronized State state() {
        return new State(phase, since, failures, last, phase == Phase.OPEN ? Optional.of(nextTry) : Optional.empty());
    }

    /**
     * Makes a call.
     *
     * @param judge what its result tells, and the time it took
     * @throws SecretException what the call throws; where no call is made, the last problem and when the next try is
     */
    <T> T call(Supplier<T> call, BiFunction<T, Duration, Verdict> judge) {
        Instant start = clock.instant();
        Object permit = enter(start);
        Verdict verdict = new Verdict.Nothing();
        try {
            T result = call.get();
            verdict = judge.apply(result, Duration.between(start, clock.instant()));
            return result;
        } catch (SecretException e) {
            verdict = Verdict.of(e, Duration.between(start, clock.instant()));
            throw e;
        } finally {
            leave(permit, verdict);
        }
    }

    /** The backend was found to answer, by other means than a call of this one's. */
    synchronized void close() {
        failures = 0;
        pauses = 0;
        last = Optional.empty();
        become(Phase.CLOSED);
    }

    private synchronized Object enter(Instant now) {
        Object permit = new Object();
        if (phase == Phase.CLOSED) {
            return permit;
        }
        // A next try further off than any pause: the clock was set back.
        boolean pausing = now.isBefore(nextTry) && !nextTry.isAfter(now.plus(LONGEST_PAUSE));
        if (phase == Phase.HALF_OPEN || pausing) {
            throw notCalled(now);
        }
        probe = permit;
        become(Phase.HALF_OPEN);
        return permit;
    }

    private synchronized void leave(Object permit, Verdict verdict) {
        boolean probing = phase == Phase.HALF_OPEN && permit == probe;
        if (verdict instanceof Verdict.Alive) {
            close();
        } else if (verdict instanceof Verdict.Outage outage) {
            failed(outage.why(), probing);
        } else if (probing) {
            // It told nothing: the next caller is the probe.
            nextTry = clock.instant();
            become(Phase.OPEN);
        }
    }

    private void failed(SecretException why, boolean probing) {
        if (failures++ == 0) {
            failingSince = clock.instant();
        }
        last = Optional.of(why);
        // What was under way when it opened does not make the pause longer: that is for probes.
        if (probing || phase == Phase.CLOSED && failures >= FAILURES_TO_OPEN) {
            nextTry = clock.instant().plus(backoff.after(++pauses));
            become(Phase.OPEN);
        }
    }

    private void become(Phase next) {
        if (phase != next) {
            phase = next;
            since = clock.instant();
        }
    }

    private SecretException notCalled(Instant now) {
        SecretException why = last.orElseThrow();
        String next = phase == Phase.HALF_OPEN
                ? "A retry is under way"
                : "The next try is in " + seconds(Duration.between(now, nextTry));
        return new SecretException(
                why.problem(),
                subject,
                "paused after " + failures + " consecutive failures, the first "
                        + seconds(Duration.between(failingSince, now)) + " ago; the last one: " + why.reason(),
                why.fix() + ". " + next);
    }

    private static String seconds(Duration duration) {
        return Math.max(1, duration.toSeconds()) + " s";
    }
}
