package io.jenkins.plugins.awssecrets.operations;

import hudson.Util;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Moments as people say them. */
final class Times {
    private final Clock clock;

    Times(Clock clock) {
        this.clock = clock;
    }

    /** {@code 3 min 2 sec ago}, {@code in 4 days}, {@code just now}. */
    String relative(Instant at) {
        Duration ago = Duration.between(at, clock.instant());
        if (ago.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "just now";
        }
        return ago.isNegative() ? "in " + span(at) : span(at) + " ago";
    }

    /** The time from then to now, or to then: {@code 3 min 2 sec}. */
    String span(Instant at) {
        return Util.getTimeSpanString(
                Duration.between(at, clock.instant()).abs().toMillis());
    }
}
