package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Copies a command's output as it comes, in a thread of its own, and flushes whenever nothing more is waiting. The end of
 * a line that begins a form of a secret is held back like any other such end, and shown when the command pauses: the
 * next line may be far away, and a person or a program waits for this one.
 */
final class OutputPump {
    /** Runs a task after the pause that counts as one. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task);
    }

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final InputStream from;
    private final MaskingOutputStream to;
    private final Later later;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean waitingForInput;
    private volatile long reads;

    private OutputPump(InputStream from, MaskingOutputStream to, Later later) {
        this.from = from;
        this.to = to;
        this.later = later;
    }

    /**
     * Starts a pump.
     *
     * @param to is closed at the end of the output
     */
    static OutputPump start(String name, InputStream from, MaskingOutputStream to, Later later) {
        OutputPump pump = new OutputPump(from, to, later);
        Thread thread = new Thread(pump::run, name);
        thread.setDaemon(true);
        thread.start();
        return pump;
    }

    private void run() {
        // As long as the monitor is held, the JDK does not close a pipe of its own.
        synchronized (from) {
            try {
                copy();
            } finally {
                finish();
            }
        }
    }

    private void copy() {
        byte[] buffer = new byte[64 * 1024];
        try {
            while (true) {
                waitingForInput = true;
                int length = from.read(buffer);
                waitingForInput = false;
                reads++;
                if (length < 0) {
                    return;
                }
                to.write(buffer, 0, length);
                if (from.available() == 0) {
                    to.flush();
                    if (to.isHolding()) {
                        long read = reads;
                        later.run(() -> passLineEnd(read));
                    }
                }
            }
        } catch (IOException e) {
            // Who read our output is gone, or the drain gave up. Closing the pipe tells the command, as a shell's
            // would.
        }
    }

    /** @param read how much had been read when the pause began */
    private void passLineEnd(long read) {
        try {
            if (reads == read && waitingForInput) {
                to.passLineEnd();
            }
        } catch (IOException e) {
            // The next write meets it as well.
        }
    }

    private void finish() {
        try (InputStream in = from;
                OutputStream out = to) {
            waitingForInput = false;
        } catch (IOException e) {
            // As above: nobody reads it.
        } finally {
            done.countDown();
        }
    }

    /**
     * Waits for the end of the output once the command ended. All that the command itself wrote is passed on, however
     * long its reader takes. Processes that it left running may hold the pipe open: they get the grace, then this
     * returns as soon as the pipe is empty.
     *
     * @return whether the output came to its end
     */
    boolean drain(Duration grace) throws InterruptedException {
        if (done.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        while (true) {
            long before = reads;
            boolean waiting = waitingForInput;
            if (done.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (waiting && waitingForInput && reads == before) {
                abandon();
                return false;
            }
        }
    }

    private void abandon() {
        try {
            to.close();
        } catch (IOException e) {
            // Nobody reads it.
        }
    }
}
