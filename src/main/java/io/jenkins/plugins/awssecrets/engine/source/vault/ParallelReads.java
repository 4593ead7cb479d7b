package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Reads at most four things at once, for all callers of a source together; a single one in its caller's thread. */
final class ParallelReads implements AutoCloseable {
    static final int AT_ONCE = 4;

    /** How much later than a read itself the wait for it ends, so that the read's own error is told. */
    private static final long GRACE_MILLIS = 250;

    private final ThreadPoolExecutor threads;
    private final VaultClient client;

    ParallelReads(String name, VaultClient client) {
        this.client = client;
        threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "reads of source " + name);
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The result for each key. The first failure ends all.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException what a read threw; {@code ABORTED}, {@code TIMEOUT}
     */
    <K, V> Map<K, V> all(Collection<K> keys, Function<K, V> read, Deadline deadline) {
        Map<K, V> results = new LinkedHashMap<>();
        if (keys.size() == 1) {
            K key = keys.iterator().next();
            results.put(key, read.apply(key));
            return results;
        }
        Map<K, Future<V>> running = new LinkedHashMap<>();
        try {
            keys.forEach(key -> running.computeIfAbsent(key, k -> threads.submit(() -> read.apply(k))));
            for (Map.Entry<K, Future<V>> entry : running.entrySet()) {
                results.put(entry.getKey(), await(entry.getValue(), deadline));
            }
            return results;
        } catch (RejectedExecutionException e) {
            throw client.closed();
        } finally {
            running.values().forEach(future -> future.cancel(true));
        }
    }

    private <V> V await(Future<V> future, Deadline deadline) {
        try {
            return future.get(deadline.remaining().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw client.aborted();
        } catch (CancellationException e) {
            throw client.closed();
        } catch (TimeoutException e) {
            throw client.late();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw client.unforeseen(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(true));
    }
}
