package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Plans the reads: current versions in batches of 20, everything else, and what a batch could not settle, one by one:
 * where batches are throttled (100 a second, not adjustable), single reads take their place, at a pace of their own.
 * That the caller may not read batches is remembered for the source's life, or until a connection test finds that it
 * may by now.
 */
final class SecretReader {
    private static final String CURRENT = "AWSCURRENT";

    /** What single reads right after would meet as well. Their quota is a hundred times that of batches. */
    private static final Set<Problem> OF_ALL_CALLS =
            Set.of(Problem.UNAUTHENTICATED, Problem.UNREACHABLE, Problem.TIMEOUT, Problem.ABORTED);

    private final AwsConnection<SecretsManagerClient> connection;
    private final SingleRead single;
    private final BatchRead batch;
    private final AtomicBoolean batchDenied = new AtomicBoolean();

    SecretReader(AwsConnection<SecretsManagerClient> connection) {
        this.connection = connection;
        this.single = new SingleRead(connection);
        this.batch = new BatchRead(connection, single);
    }

    /** What a connection test found. */
    void batchDenied(boolean denied) {
        batchDenied.set(denied);
    }

    Map<Locator, Outcome> read(Collection<Locator> locators, Deadline deadline) {
        List<Locator> current = new ArrayList<>();
        List<Locator> alone = new ArrayList<>();
        for (Locator locator : new LinkedHashSet<>(locators)) {
            boolean batches = !batchDenied.get()
                    && locator.version().filter(v -> !v.equals(CURRENT)).isEmpty();
            (batches ? current : alone).add(locator);
        }
        if (current.size() == 1) {
            // A batch of one would cost the same call and one permission more.
            alone.addAll(current);
            current.clear();
        }
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        List<Locator> unsettled = batches(BatchRead.chunks(current), alone, outcomes, deadline);
        outcomes.putAll(singles(unsettled, deadline));
        return outcomes;
    }

    /**
     * Batches and singles at once.
     *
     * @return what has to be read alone after all
     */
    private List<Locator> batches(
            List<List<Locator>> chunks, List<Locator> alone, Map<Locator, Outcome> outcomes, Deadline deadline) {
        List<Call<SecretsManagerClient, Map<Locator, Outcome>>> calls = new ArrayList<>();
        chunks.forEach(chunk -> calls.add(batch.call(chunk).replaceable()));
        alone.forEach(locator -> calls.add(single.call(locator)));
        List<Answer<Map<Locator, Outcome>>> answers = connection.all(calls, deadline);
        List<Locator> unsettled = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            List<Locator> chunk = chunks.get(i);
            outcomes.putAll(answers.get(i).either(found -> found, failure -> ofBatch(chunk, failure)));
            chunk.stream().filter(locator -> !outcomes.containsKey(locator)).forEach(unsettled::add);
        }
        for (int i = 0; i < alone.size(); i++) {
            outcomes.putAll(ofSingle(alone.get(i), answers.get(chunks.size() + i)));
        }
        return unsettled;
    }

    private Map<Locator, Outcome> singles(List<Locator> locators, Deadline deadline) {
        List<Answer<Map<Locator, Outcome>>> answers =
                connection.all(locators.stream().map(single::call).toList(), deadline);
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < locators.size(); i++) {
            outcomes.putAll(ofSingle(locators.get(i), answers.get(i)));
        }
        return outcomes;
    }

    private Map<Locator, Outcome> ofSingle(Locator locator, Answer<Map<Locator, Outcome>> answer) {
        return answer.either(found -> found, failure -> failed(locator, failure));
    }

    private Map<Locator, Outcome> failed(Locator locator, Throwable failure) {
        SecretException why = connection.errors().of(failure, locator.toString(), single.access(locator));
        return Map.of(locator, new Outcome.Failed(why));
    }

    /** Outcomes of a batch that was refused as a whole; none where reading one by one may do better. */
    private Map<Locator, Outcome> ofBatch(List<Locator> chunk, Throwable failure) {
        Problem problem =
                connection.errors().of(failure, "batch", BatchRead.ACCESS).problem();
        if (problem == Problem.DENIED) {
            batchDenied.set(true);
        }
        if (!OF_ALL_CALLS.contains(problem)) {
            return Map.of();
        }
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        chunk.forEach(locator -> outcomes.putAll(failed(locator, failure)));
        return outcomes;
    }
}
