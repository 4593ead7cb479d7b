package io.jenkins.plugins.awssecrets.engine.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/** The events that wait for one sink, and how many it lost since it last worked. */
final class SinkQueue {
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final AuditSink sink;
    private final BiConsumer<AuditSink, String> losing;
    private final LongFunction<AuditEvent> aboutLost;
    private final ThreadPoolExecutor executor;
    private final AtomicLong lost = new AtomicLong();

    /**
     * @param losing is told when the sink begins to lose events
     * @param aboutLost makes the event that tells how many it lost
     */
    SinkQueue(
            AuditSink sink,
            int capacity,
            ThreadFactory threads,
            BiConsumer<AuditSink, String> losing,
            LongFunction<AuditEvent> aboutLost) {
        this.sink = sink;
        this.losing = losing;
        this.aboutLost = aboutLost;
        // One thread, so that events stay in order; it ends when there is nothing to do.
        this.executor = new ThreadPoolExecutor(
                1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(capacity), threads);
        this.executor.allowCoreThreadTimeOut(true);
    }

    void add(AuditEvent event) {
        try {
            executor.execute(() -> write(event));
        } catch (RejectedExecutionException e) {
            lose("it takes them too slowly");
        }
    }

    private void write(AuditEvent event) {
        try {
            long before = lost.get();
            if (before > 0) {
                sink.write(aboutLost.apply(before));
                lost.addAndGet(-before);
            }
            sink.write(event);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Its type alone: a sink of somebody else may put anything into its message.
            lose(e.getClass().getSimpleName());
        }
    }

    private void lose(String why) {
        if (lost.getAndIncrement() == 0) {
            losing.accept(sink, why);
        }
    }

    void end() {
        executor.shutdown();
    }

    void await(Duration patience) {
        try {
            executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
