package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes blocking calls on threads of its own, a few at a time, and returns by the deadline whatever they do: a name
 * look-up, a metadata service or an STS that hangs cannot be interrupted or timed out from within the SDK. Calls that
 * are still under way then are interrupted.
 *
 * <p>The threads are daemons and end when there was nothing to do for ten seconds.
 */
public final class BoundedCalls implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final String subject;
    private final ThreadPoolExecutor threads;

    /** @param subject what the calls belong to, for thread names and messages */
    public BoundedCalls(String subject) {
        this.subject = subject;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, subject + " call");
        thread.setDaemon(true);
        // The SDK looks for services through it, and the thread that asks first may be anybody's.
        thread.setContextClassLoader(BoundedCalls.class.getClassLoader());
        return thread;
    }

    /**
     * Makes the calls.
     *
     * @return their answers in the same order; {@link TimeoutException} is the failure of one that the deadline cut
     * @throws SecretException with {@link Problem#ABORTED} when this thread was interrupted or the source closed
     */
    public <T> List<Answer<T>> all(List<? extends Callable<T>> calls, Deadline deadline) {
        try {
            List<Answer<T>> answers =
                    threads.invokeAll(calls, deadline.remaining().toMillis(), TimeUnit.MILLISECONDS).stream()
                            .map(BoundedCalls::answer)
                            .toList();
            if (threads.isShutdown()) {
                throw closed();
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Problem.ABORTED, subject, "interrupted while waiting for AWS", "run it again");
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    private SecretException closed() {
        return new SecretException(
                Problem.ABORTED, subject, "the source was closed, by a change of its settings", "run it again");
    }

    private static <T> Answer<T> answer(Future<T> done) {
        try {
            return Answer.of(done.get());
        } catch (ExecutionException e) {
            return Answer.failed(e.getCause());
        } catch (CancellationException e) {
            return Answer.failed(new TimeoutException());
        } catch (InterruptedException e) {
            throw new IllegalStateException("a finished call cannot be waited for", e);
        }
    }

    @Override
    public void close() {
        for (Runnable neverBegun : threads.shutdownNow()) {
            if (neverBegun instanceof Future<?> call) {
                call.cancel(false);
            }
        }
    }
}
