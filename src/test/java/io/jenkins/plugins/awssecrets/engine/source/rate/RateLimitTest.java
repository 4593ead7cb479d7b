package io.jenkins.plugins.awssecrets.engine.source.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final MovableClock time = new MovableClock();
    private final RateLimit limit = new RateLimit(time);

    @Test
    void thereIsNoneUntilTheBackendAsksToSlowDown() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(limit.reserve(Duration.ZERO)).contains(Duration.ZERO);
        }
        assertThat(limit.perSecond()).isEmpty();
    }

    @Test
    void halfOfWhatWasSentInTheSecondBeforeIsSentFromThenOn() {
        send(100);
        time.forward(Duration.ofSeconds(5));
        send(40);
        throttled();

        assertThat(limit.perSecond()).contains(20.0);
        assertThat(waitOfTheLastOf(21)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    @Test
    void whatIsRefusedTogetherHalvesOnce() {
        send(40);
        for (int i = 0; i < 40; i++) {
            throttled();
        }
        assertThat(limit.perSecond()).contains(20.0);

        time.forward(Duration.ofSeconds(1));
        throttled();

        assertThat(limit.perSecond().orElseThrow()).isEqualTo(12, within(0.01));
    }

    @Test
    void itGrowsByATenthASecondAndIsLiftedAfterAMinute() {
        send(40);
        throttled();
        time.forward(Duration.ofSeconds(5));
        assertThat(limit.perSecond()).contains(40.0);

        time.forward(Duration.ofSeconds(55));

        assertThat(limit.perSecond()).isEmpty();
        send(100);
    }

    @Test
    void itNeverFallsBelowOneASecond() {
        for (int i = 0; i < 20; i++) {
            throttled();
            time.forward(Duration.ofSeconds(1));
        }
        throttled();

        assertThat(limit.perSecond().orElseThrow()).isGreaterThanOrEqualTo(1);
        assertThat(waitOfTheLastOf(3)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nothingIsSentBeforeTheTimeTheBackendNames() {
        limit.throttled(Optional.of(Duration.ofSeconds(7)));

        assertThat(limit.reserve(Duration.ofSeconds(6))).isEmpty();
        assertThat(limit.reserve(LONG)).contains(Duration.ofSeconds(7));
        time.forward(Duration.ofSeconds(20));
        assertThat(limit.reserve(Duration.ZERO)).contains(Duration.ZERO);
    }

    @Test
    void aPauseOfHoursIsTakenForAMinute() {
        limit.throttled(Optional.of(Duration.ofDays(1)));
        limit.throttled(Optional.of(Duration.ofSeconds(-5)));

        assertThat(limit.reserve(LONG)).contains(Duration.ofMinutes(1));
    }

    @Test
    void aClockThatIsSetBackLiftsIt() {
        limit.throttled(Optional.of(Duration.ofSeconds(30)));
        time.forward(Duration.ofHours(-3));

        assertThat(limit.reserve(Duration.ZERO)).contains(Duration.ZERO);
        assertThat(limit.perSecond()).isEmpty();
    }

    @Test
    void whoDoesNotWaitTakesNoPlace() {
        send(40);
        throttled();
        limit.reserve(LONG);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.reserve(Duration.ofMillis(10))).isEmpty();
        }

        assertThat(limit.reserve(LONG)).contains(Duration.ofMillis(50));
    }

    private void throttled() {
        limit.throttled(Optional.empty());
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(limit.reserve(Duration.ZERO)).contains(Duration.ZERO);
        }
    }

    private Duration waitOfTheLastOf(int count) {
        Duration wait = Duration.ZERO;
        for (int i = 0; i < count; i++) {
            wait = limit.reserve(LONG).orElseThrow();
        }
        return wait;
    }
}
