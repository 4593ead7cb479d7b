package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void halfOfThePauseIsLeftToChance() {
        assertThat(before(0, 1, Optional.empty())).contains(Duration.ofMillis(100));
        assertThat(before(1, 1, Optional.empty())).contains(Duration.ofMillis(200));
        assertThat(before(0, 2, Optional.empty())).contains(Duration.ofMillis(200));
        assertThat(before(1, 2, Optional.empty())).contains(Duration.ofMillis(400));
    }

    @Test
    void thereAreThreeAttempts() {
        assertThat(before(1, 3, Optional.empty())).isEmpty();
        assertThat(before(1, 3, Optional.of(Duration.ofSeconds(1)))).isEmpty();
    }

    @Test
    void theServersPauseCountsWhenItIsTheLongerOne() {
        assertThat(before(1, 1, Optional.of(Duration.ofSeconds(3)))).contains(Duration.ofSeconds(3));
        assertThat(before(1, 1, Optional.of(Duration.ZERO))).contains(Duration.ofMillis(200));
        assertThat(before(1, 1, Optional.of(Duration.ofSeconds(-5)))).contains(Duration.ofMillis(200));
    }

    @Test
    void aPauseOfMinutesIsNotWaitedFor() {
        assertThat(before(1, 1, Optional.of(Duration.ofSeconds(31)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "120, 120",
                "0, 0",
                "\"Sun, 01 Mar 2026 12:00:30 GMT\", 30",
                "soon, ",
                "-1, ",
                "1.5, ",
                "99999999999999999999, ",
            })
    void retryAfterIsSecondsOrADate(String header, Long seconds) {
        assertThat(RetryAfter.parse(Optional.of(header), NOON))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    private static Optional<Duration> before(double chance, int attempt, Optional<Duration> retryAfter) {
        return new Backoff(() -> chance, pause -> {}).before(attempt, retryAfter);
    }
}
