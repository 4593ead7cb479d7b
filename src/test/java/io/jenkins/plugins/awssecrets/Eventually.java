package io.jenkins.plugins.awssecrets;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that comes by itself. */
public final class Eventually {
    private Eventually() {}

    /** Until the condition holds or the time is over; what is so then is for the caller to assert. */
    public static void until(Duration atMost, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.call() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
