package io.jenkins.plugins.awssecrets.engine.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Passes events on to sinks. Whoever records an event never waits for a sink and never sees it fail: each has a queue
 * and a thread of its own. What does not reach one is counted and told to the other ones, and to it when it works again.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final Supplier<String> controller;
    private final Clock clock;
    private final ThreadFactory threads;
    private final Consumer<String> warnings;
    private final int capacity;
    private final Map<AuditSink, SinkQueue> queues = new LinkedHashMap<>();

    /**
     * @param controller for events of its own
     * @param warnings takes a sentence when a sink begins to lose events
     * @param capacity events that may wait for one sink
     */
    public AuditTrail(
            Supplier<String> controller, Clock clock, ThreadFactory threads, Consumer<String> warnings, int capacity) {
        this.controller = controller;
        this.clock = clock;
        this.threads = threads;
        this.warnings = warnings;
        this.capacity = capacity;
    }

    /** @param sinks those there are at the moment */
    public synchronized void record(AuditEvent event, Collection<? extends AuditSink> sinks) {
        queues.keySet().removeIf(known -> !sinks.contains(known));
        for (AuditSink sink : sinks) {
            queue(sink).add(event);
        }
    }

    private SinkQueue queue(AuditSink sink) {
        return queues.computeIfAbsent(
                sink, s -> new SinkQueue(s, capacity, threads, this::losing, lost -> lost(s, lost)));
    }

    /** A sink has begun to lose events. */
    private void losing(AuditSink sink, String why) {
        warnings.accept("Audit events do not reach " + sink.name() + ": " + why);
        AuditEvent event =
                AuditEvent.lost(clock.instant(), controller.get(), "events do not reach " + sink.name() + ": " + why);
        synchronized (this) {
            queues.forEach((other, queue) -> {
                if (other != sink) {
                    queue.add(event);
                }
            });
        }
    }

    private AuditEvent lost(AuditSink sink, long count) {
        return AuditEvent.lost(clock.instant(), controller.get(), count + " events did not reach " + sink.name());
    }

    /** Gives what waits a moment to be written. */
    @Override
    public void close() {
        Map<AuditSink, SinkQueue> all;
        synchronized (this) {
            all = Map.copyOf(queues);
            queues.clear();
        }
        long end = System.nanoTime() + LAST_WORDS.toNanos();
        all.values().forEach(SinkQueue::end);
        all.values().forEach(queue -> queue.await(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
