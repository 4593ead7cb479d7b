package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks several sources the same thing at once. */
final class SourceCalls {
    /** A source keeps the deadline itself and tells more of the cause; this is for one that does not. */
    private static final long GRACE_MILLIS = 500;

    private final ExecutorService executor;

    SourceCalls(ExecutorService executor) {
        this.executor = executor;
    }

    /** What each source gave, or why it gave nothing, by the source's id. */
    record Answers<T>(Map<String, T> given, Map<String, SecretException> failed) {}

    <T> Answers<T> ask(Collection<SecretSource> sources, Deadline deadline, Function<SecretSource, T> question)
            throws InterruptedException {
        Map<String, Future<T>> running = new LinkedHashMap<>();
        Answers<T> answers = new Answers<>(new LinkedHashMap<>(), new LinkedHashMap<>());
        try {
            sources.forEach(source -> running.put(source.id(), executor.submit(() -> question.apply(source))));
            for (Map.Entry<String, Future<T>> one : running.entrySet()) {
                await(one.getKey(), one.getValue(), deadline, answers);
            }
        } finally {
            running.values().forEach(future -> future.cancel(true));
        }
        return answers;
    }

    private <T> void await(String source, Future<T> future, Deadline deadline, Answers<T> answers)
            throws InterruptedException {
        try {
            answers.given()
                    .put(source, future.get(deadline.remaining().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            answers.failed().put(source, known("source " + source, e.getCause()));
        } catch (TimeoutException | CancellationException e) {
            answers.failed()
                    .put(
                            source,
                            new SecretException(
                                    Problem.TIMEOUT,
                                    "source " + source,
                                    "no response before the deadline",
                                    "check that the backend is reachable, or allow more time"));
        }
    }

    private static SecretException known(String subject, Throwable cause) {
        // Only the type: the text of an exception nobody foresaw may hold anything.
        return cause instanceof SecretException failure
                ? failure
                : new SecretException(
                        Problem.INTERNAL,
                        subject,
                        "an unexpected " + cause.getClass().getName(),
                        "report this as a defect");
    }
}
