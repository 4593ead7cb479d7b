package io.jenkins.plugins.awssecrets.engine.measurement;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts one source's calls. Safe for use by several threads; keeps no more than its counters. */
public final class CallCounts implements CallObserver {
    private final Map<Operation, Long> calls = new EnumMap<>(Operation.class);
    private final Map<Problem, Long> errors = new EnumMap<>(Problem.class);
    private final LatencyHistogram latency = new LatencyHistogram();
    private Optional<LastProblem> lastProblem = Optional.empty();
    private Optional<Instant> lastSuccess = Optional.empty();

    /** What a call met, and when it ended. */
    public record LastProblem(SecretException why, Instant at) {}

    /**
     * What was counted since the start.
     *
     * @param calls by operation; those never asked for are absent
     * @param errors calls that met a problem, by problem: a call that met two counts under both
     * @param latency of all calls
     * @param lastSuccess when a call last ended without any problem
     */
    public record Summary(
            Map<Operation, Long> calls,
            Map<Problem, Long> errors,
            LatencyHistogram.Counts latency,
            Optional<LastProblem> lastProblem,
            Optional<Instant> lastSuccess) {
        public Summary {
            calls = Map.copyOf(calls);
            errors = Map.copyOf(errors);
        }

        public long totalCalls() {
            return calls.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Calls that the backend refused for their number, after the source's own retries. */
        public long throttles() {
            return errors.getOrDefault(Problem.THROTTLED, 0L);
        }
    }

    @Override
    public synchronized void ended(SourceCall call) {
        calls.merge(call.operation(), 1L, Long::sum);
        latency.add(call.took());
        List<SecretException> problems = call.problems();
        problems.forEach(why -> errors.merge(why.problem(), 1L, Long::sum));
        if (problems.isEmpty()) {
            lastSuccess = Optional.of(call.ended());
        } else {
            lastProblem = Optional.of(new LastProblem(problems.get(0), call.ended()));
        }
    }

    public synchronized Summary summary() {
        return new Summary(calls, errors, latency.counts(), lastProblem, lastSuccess);
    }
}
