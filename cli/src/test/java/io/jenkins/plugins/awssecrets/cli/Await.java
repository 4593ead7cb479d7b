package io.jenkins.plugins.awssecrets.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. The test's own time limit ends a wait in vain. */
public final class Await {
    private static final Duration GLANCE = Duration.ofMillis(10);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }
}
