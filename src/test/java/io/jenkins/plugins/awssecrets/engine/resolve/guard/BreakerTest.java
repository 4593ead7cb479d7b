package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker.Phase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MovableClock time = new MovableClock();
    private final Breaker breaker =
            new Breaker("source sm", time, new FailureBackoff(PAUSE, Duration.ofMinutes(1), () -> 1));
    private int calls;

    @Test
    void threeOutagesInARowStopTheCalls() {
        fail(Problem.UNREACHABLE);
        fail(Problem.UNREACHABLE);
        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
        fail(Problem.UNREACHABLE);
        calls = 0;

        SecretException why = catchThrowableOfType(SecretException.class, this::succeed);

        assertThat(calls).isZero();
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why)
                .hasMessage("source sm: paused after 3 consecutive failures, the first 1 s ago; the last one: of"
                        + " UNREACHABLE. Fix it. The next try is in 5 s");
    }

    @Test
    void anAnswerBetweenStartsTheCountAnew() {
        fail(Problem.UNREACHABLE);
        fail(Problem.UNREACHABLE);
        succeed();
        fail(Problem.UNREACHABLE);
        fail(Problem.UNREACHABLE);

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Problem.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNREACHABLE", "TIMEOUT"})
    void nothingButAnOutageOpens(Problem problem) {
        for (int i = 0; i < 10; i++) {
            fail(problem);
        }

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
        assertThat(breaker.state().failures()).isZero();
    }

    @Test
    void aDeadlineThatWasTooShortToTellIsNoOutage() {
        for (int i = 0; i < 10; i++) {
            fail(Problem.TIMEOUT, Duration.ofMillis(1_900));
        }
        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);

        for (int i = 0; i < 3; i++) {
            fail(Problem.TIMEOUT, Duration.ofSeconds(2));
        }
        assertThat(breaker.state().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void afterThePauseOneCallIsLetThroughAndTheOthersStillFailAtOnce() {
        open();
        time.forward(PAUSE);

        breaker.call(
                () -> {
                    assertThat(breaker.state().phase()).isEqualTo(Phase.HALF_OPEN);
                    SecretException why = catchThrowableOfType(SecretException.class, this::succeed);
                    assertThat(why.fix()).endsWith("A retry is under way");
                    return 1;
                },
                (result, waited) -> new Verdict.Alive());

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
        assertThat(breaker.state().lastProblem()).isEmpty();
        succeed();
    }

    @ParameterizedTest
    @EnumSource(
            value = Problem.class,
            names = {"NOT_FOUND", "DENIED", "THROTTLED"})
    void aProbeThatIsRefusedByTheBackendClosesAllTheSame(Problem problem) {
        open();
        time.forward(PAUSE);

        fail(problem);

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aProbeThatFailsDoublesThePauseUpToAMinute() {
        open();
        for (long seconds : new long[] {5, 10, 20, 40, 60, 60}) {
            assertThat(breaker.state().nextTry())
                    .contains(time.instant().plusSeconds(seconds))
                    .as("after %s failures", breaker.state().failures());
            time.forward(Duration.ofSeconds(seconds));
            fail(Problem.UNREACHABLE);
        }
        assertThat(breaker.state().failures()).isEqualTo(9);
    }

    @Test
    void whatWasUnderWayWhenItOpenedDoesNotMakeThePauseLonger() {
        breaker.call(
                () -> {
                    open();
                    time.forward(Duration.ofSeconds(1));
                    return 1;
                },
                (result, waited) -> new Verdict.Outage(problem(Problem.UNREACHABLE)));

        assertThat(breaker.state().nextTry()).contains(time.instant().plusSeconds(4));
    }

    @Test
    void aProbeThatIsAbortedLeavesItsPlaceToTheNext() {
        open();
        time.forward(PAUSE);
        fail(Problem.ABORTED);
        assertThat(breaker.state().phase()).isEqualTo(Phase.OPEN);

        succeed();

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aDefectInAProbeDoesNotKeepTheOthersOutForEver() {
        open();
        time.forward(PAUSE);
        catchThrowableOfType(
                IllegalStateException.class,
                () -> breaker.call(
                        () -> {
                            throw new IllegalStateException("a defect");
                        },
                        (result, waited) -> new Verdict.Alive()));

        succeed();

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void theStateTellsSinceWhenAndWhy() {
        time.forward(Duration.ofMinutes(1));
        open();

        Breaker.State state = breaker.state();
        time.forward(Duration.ofSeconds(3));

        assertThat(breaker.state()).isEqualTo(state);
        assertThat(state.since()).isEqualTo(time.instant().minusSeconds(3));
        assertThat(state.failures()).isEqualTo(3);
        assertThat(state.lastProblem()).map(SecretException::reason).contains("of UNREACHABLE");
        assertThat(state.nextTry()).contains(time.instant().plusSeconds(2));
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepItOpen() {
        open();
        time.forward(Duration.ofHours(-3));

        succeed();

        assertThat(breaker.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void halfOfThePauseIsLeftToChance() {
        FailureBackoff least = new FailureBackoff(PAUSE, Duration.ofMinutes(1), () -> 0);

        assertThat(least.after(1)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(least.after(2)).isEqualTo(Duration.ofSeconds(5));
        assertThat(least.after(1_000)).isEqualTo(Duration.ofSeconds(30));
        assertThat(FailureBackoff.from(PAUSE, PAUSE).after(1)).isBetween(Duration.ofMillis(2_500), PAUSE);
    }

    private void open() {
        for (int i = 0; i < Breaker.FAILURES_TO_OPEN; i++) {
            fail(Problem.UNREACHABLE);
        }
        assertThat(breaker.state().phase()).isEqualTo(Phase.OPEN);
    }

    private void succeed() {
        breaker.call(() -> ++calls, (result, waited) -> new Verdict.Alive());
    }

    private void fail(Problem problem) {
        fail(problem, Duration.ofSeconds(30));
    }

    private void fail(Problem problem, Duration waited) {
        Duration untilThen = problem == Problem.TIMEOUT ? waited : Duration.ZERO;
        Optional.ofNullable(catchThrowableOfType(
                        SecretException.class,
                        () -> breaker.call(
                                () -> {
                                    time.forward(untilThen);
                                    throw problem(problem);
                                },
                                (result, took) -> new Verdict.Alive())))
                .ifPresent(why -> assertThat(why.reason()).as("it was called").isEqualTo("of " + problem));
    }

    private static SecretException problem(Problem problem) {
        return new SecretException(problem, "sm:name", "of " + problem, "fix it");
    }
}
