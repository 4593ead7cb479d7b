package io.jenkins.plugins.awssecrets;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that comes by itself. */
public final class Eventually {
    private Eventually() {}

    /** Until the condition holds or the time is over; what is so then is for the caller to assert. */
    public static void until(Duration atMost, Callable<Boolean> condition) throws Exception {
        came(atMost, condition);
    }

    /** Until the condition holds, and fails where it does not within a minute. */
    public static void holds(Callable<Boolean> condition) throws Exception {
        assertThat(came(Duration.ofMinutes(1), condition))
                .as("held within a minute")
                .isTrue();
    }

    /** Until nothing is left of what AWS or Vault made for a build, and fails where that takes over a minute. */
    public static void nothingIsLeftOf(Run<?, ?> build) throws Exception {
        assertThat(came(Duration.ofMinutes(1), () -> !Remainders.get().isLeft(build)))
                .as("nothing was left of %s within a minute", build)
                .isTrue();
    }

    private static boolean came(Duration atMost, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }
}
