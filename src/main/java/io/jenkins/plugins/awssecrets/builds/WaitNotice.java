package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jenkins.util.Timer;

/**
 * Says in a build's log what it waits for: after 5 seconds, and then each half minute, until it is closed. A backend that
 * hangs looks like a build that hangs otherwise.
 */
public final class WaitNotice implements AutoCloseable {
    private static final long FIRST_SECONDS = 5;
    private static final long NEXT_SECONDS = 30;

    private final Run<?, ?> run;
    private final Supplier<String> what;
    private final Optional<Deadline> deadline;
    private final long began = System.nanoTime();
    private final ScheduledFuture<?> timer;
    private boolean closed;

    private WaitNotice(Run<?, ?> run, Supplier<String> what, Optional<Deadline> deadline) {
        this.run = run;
        this.what = what;
        this.deadline = deadline;
        timer = Timer.get().scheduleWithFixedDelay(this::tell, FIRST_SECONDS, NEXT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * @param what is waited for, asked each time, such as {@code source sm}
     * @param deadline when waiting ends
     */
    public static WaitNotice in(Run<?, ?> run, Supplier<String> what, Deadline deadline) {
        return new WaitNotice(run, what, Optional.of(deadline));
    }

    /** Of something that ends by itself, nobody knows when. */
    public static WaitNotice in(Run<?, ?> run, String what) {
        return new WaitNotice(run, () -> what, Optional.empty());
    }

    private synchronized void tell() {
        if (!closed) {
            RunningBuilds.get().log(run).map(TaskListener::getLogger).ifPresent(log -> log.println(text()));
        }
    }

    private String text() {
        String waited = seconds(Duration.ofNanos(System.nanoTime() - began));
        return "AWS Secrets: waiting for " + what.get() + " (" + waited + " so far"
                + deadline.map(Deadline::remaining)
                        .map(left -> ", " + seconds(left) + " left before this fails)")
                        .orElse(")");
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    /** No line comes after this. */
    @Override
    public void close() {
        timer.cancel(false);
        synchronized (this) {
            closed = true;
        }
    }
}
