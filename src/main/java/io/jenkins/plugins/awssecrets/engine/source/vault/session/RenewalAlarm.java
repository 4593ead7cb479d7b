package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import java.time.Clock;
import java.time.Duration;

/** Has a token renewed in time though nobody uses it: one that was given cannot be had again once it ended. */
final class RenewalAlarm {
    private static final Duration SOONEST = Duration.ofSeconds(10);
    private static final Duration JUST_AFTER = Duration.ofSeconds(1);

    private final Background background;
    private final Clock clock;
    private Runnable forget = () -> {};
    private boolean off;

    RenewalAlarm(Background background, Clock clock) {
        this.background = background;
        this.clock = clock;
    }

    /** Rings when less than a third of the token's life is left; where that is so already, in ten seconds. */
    synchronized void set(VaultToken token, Runnable ring) {
        forget.run();
        forget = () -> {};
        if (off || !token.renewable() || token.ends().isEmpty() || token.ended(clock.instant())) {
            return;
        }
        Duration left = token.left(clock.instant());
        Duration untilDue = left.minus(token.lifetime().dividedBy(3)).plus(JUST_AFTER);
        forget = background.later(untilDue.compareTo(SOONEST) < 0 ? SOONEST : untilDue, ring);
    }

    /** It rings no more. */
    synchronized void off() {
        off = true;
        forget.run();
    }
}
