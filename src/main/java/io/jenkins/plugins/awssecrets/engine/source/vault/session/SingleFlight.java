package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Lets one thread do a work that several ask for at once, and gives all of them what came of it. */
final class SingleFlight<T> {
    private final AtomicReference<CompletableFuture<T>> running = new AtomicReference<>();
    private final VaultClient client;

    /** @param client makes the errors of those who wait */
    SingleFlight(VaultClient client) {
        this.client = client;
    }

    /** Does the work in this thread, or waits for the thread that does it, until the deadline. */
    T run(Supplier<T> work, Deadline deadline) {
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> others = running.compareAndExchange(null, mine);
            if (others == null) {
                return lead(work, mine);
            }
            try {
                return others.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw client.aborted();
            } catch (TimeoutException e) {
                throw client.late();
            } catch (ExecutionException e) {
                SecretException why = failure(e.getCause());
                if (deadline.passed() || !concernsTheLeaderOnly(why)) {
                    throw why;
                }
            }
        }
    }

    private T lead(Supplier<T> work, CompletableFuture<T> mine) {
        try {
            T result = work.get();
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
        }
    }

    /** Its abort and its deadline are not those of who waited. */
    private static boolean concernsTheLeaderOnly(SecretException why) {
        return why.problem() == Problem.ABORTED || why.problem() == Problem.TIMEOUT;
    }

    private SecretException failure(Throwable cause) {
        return cause instanceof SecretException known
                ? new SecretException(known.problem(), known.subject(), known.reason(), known.fix())
                : client.unforeseen(cause);
    }
}
