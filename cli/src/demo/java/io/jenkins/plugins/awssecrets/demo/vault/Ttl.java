package io.jenkins.plugins.awssecrets.demo.vault;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Vault writes them: seconds, or numbers with h, m, s. */
final class Ttl {
    private static final Pattern PART = Pattern.compile("(\\d+)([dhms])");

    private Ttl() {}

    /** @throws VaultError 400 when the text is no duration */
    static Duration parse(String text) {
        if (text.matches("\\d+")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        if (!text.matches("(?:\\d+[dhms])+")) {
            throw VaultError.badRequest("error converting input for field \"ttl\": time: invalid duration");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "d" -> Duration.ofDays(number);
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofSeconds(number);
                    });
        }
        return sum;
    }
}
