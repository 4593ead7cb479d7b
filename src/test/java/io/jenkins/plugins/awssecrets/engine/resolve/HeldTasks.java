package io.jenkins.plugins.awssecrets.engine.resolve;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Runs what it was given when the test says so. */
final class HeldTasks extends AbstractExecutorService {
    final Deque<Runnable> tasks = new ConcurrentLinkedDeque<>();

    void awaitTask() {
        while (tasks.isEmpty()) {
            Thread.onSpinWait();
        }
    }

    void run() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Override
    public void execute(Runnable command) {
        tasks.add(command);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.copyOf(tasks);
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
