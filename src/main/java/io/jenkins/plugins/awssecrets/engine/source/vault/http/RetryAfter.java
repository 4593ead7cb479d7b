package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a date. */
final class RetryAfter {
    private RetryAfter() {}

    static Optional<Duration> parse(Optional<String> header, Clock clock) {
        return header.map(String::strip).flatMap(text -> {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
                return Optional.of(Duration.between(clock.instant(), date.toInstant()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
