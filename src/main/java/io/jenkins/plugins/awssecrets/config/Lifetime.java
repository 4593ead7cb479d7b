package io.jenkins.plugins.awssecrets.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long metadata is fresh: a number and {@code s}, {@code m} or {@code h}, from 10 seconds to 24 hours. */
final class Lifetime {
    static final String DEFAULT = "5m";
    static final String REASON = "not a valid duration, or out of range";
    static final String FIX = "use 10s to 24h: a number and s, m or h";
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh])");
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(24);

    private Lifetime() {}

    /** Empty for a text of another form or out of bounds. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration lifetime =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        return lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(lifetime);
    }

    static Duration orDefault(String text) {
        return parse(text).orElseGet(() -> parse(DEFAULT).orElseThrow());
    }
}
