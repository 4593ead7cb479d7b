package io.jenkins.plugins.awssecrets.engine.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObservedSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(10));
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final CallCounts counts = new CallCounts();

    @Test
    void countsEachProblemOfAReadOnce() {
        SecretSource source = observed(new Answering(Problem.DENIED, Problem.DENIED, Problem.NOT_FOUND));

        source.fetch(locators(3), SOON);

        CallCounts.Summary summary = counts.summary();
        assertThat(summary.calls()).containsExactly(Map.entry(Operation.FETCH, 1L));
        assertThat(summary.errors())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Problem.DENIED, 1L, Problem.NOT_FOUND, 1L));
        assertThat(summary.lastProblem()).hasValueSatisfying(last -> {
            assertThat(last.why().problem()).isEqualTo(Problem.NOT_FOUND);
            assertThat(last.at()).isEqualTo(NOW);
        });
        assertThat(summary.lastSuccess()).isEmpty();
    }

    @Test
    void countsWhatIsThrownAndPassesItOn() {
        SecretSource source = observed(new Answering(Problem.THROTTLED));

        assertThatThrownBy(() -> source.list(SOON)).isInstanceOf(SecretException.class);

        assertThat(counts.summary().throttles()).isEqualTo(1);
        assertThat(counts.summary().latency().count()).isEqualTo(1);
    }

    @Test
    void findingsOfAConnectionTestAreProblems() {
        observed(new Answering(Problem.UNAUTHENTICATED)).check(SOON);

        assertThat(counts.summary().errors()).containsExactly(Map.entry(Problem.UNAUTHENTICATED, 1L));
    }

    @Test
    void callWithoutProblemIsASuccess() {
        observed(new Answering()).fetch(locators(0), SOON);

        assertThat(counts.summary().errors()).isEmpty();
        assertThat(counts.summary().lastSuccess()).contains(NOW);
    }

    @Test
    void latencyTellsWhatMostCallsStayedWithin() {
        for (int millis : new int[] {3, 5, 7, 40, 9_000, 60_000}) {
            counts.ended(new SourceCall("sm", Operation.LIST, NOW, Duration.ofMillis(millis), List.of()));
        }

        LatencyHistogram.Counts latency = counts.summary().latency();
        assertThat(latency.count()).isEqualTo(6);
        assertThat(latency.sum()).isEqualTo(Duration.ofMillis(69_055));
        assertThat(latency.within(0.5)).isEqualTo(Duration.ofMillis(10));
        assertThat(latency.within(0.6)).isEqualTo(Duration.ofMillis(50));
        assertThat(latency.within(1)).isEqualTo(Duration.ofMinutes(1));
    }

    private SecretSource observed(SecretSource source) {
        return ObservedSource.around(source, counts, CLOCK);
    }

    private static List<Locator> locators(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Locator("sm", "s" + i, Optional.empty()))
                .toList();
    }

    /** Meets these problems: one a secret when read, the first when listed, all when checked. */
    private record Answering(Problem... problems) implements SecretSource {
        @Override
        public String id() {
            return "sm";
        }

        @Override
        public SourceKind kind() {
            return SourceKind.SECRETS_MANAGER;
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
            int i = problems.length;
            for (Locator locator : locators) {
                outcomes.put(locator, new Outcome.Failed(why(problems[--i])));
            }
            return outcomes;
        }

        @Override
        public List<SecretMetadata> list(Deadline deadline) {
            throw why(problems[0]);
        }

        @Override
        public List<SourceCheck> check(Deadline deadline) {
            return java.util.Arrays.stream(problems)
                    .map(problem -> new SourceCheck("authenticate", true, Optional.of(why(problem))))
                    .toList();
        }

        @Override
        public void close() {}

        private static SecretException why(Problem problem) {
            return new SecretException(problem, "source sm", "as the test has it", "nothing");
        }
    }
}
