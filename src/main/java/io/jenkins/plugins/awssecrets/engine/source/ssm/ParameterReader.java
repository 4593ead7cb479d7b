package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;

/**
 * Reads parameters by {@code GetParameters}, ten a call (the API's limit).
 *
 * <p>One name that IAM or a KMS key denies makes the service refuse the whole call, so the names of a refused call are
 * asked for once more, each in a call of its own: only the denied ones fail.
 *
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html">GetParameters</a>
 */
final class ParameterReader {
    private static final int NAMES_A_CALL = 10;

    /** What one bad name does to the nine others in its call. */
    private static final Set<Problem> MAYBE_OF_ONE_NAME = Set.of(Problem.DENIED, Problem.MALFORMED, Problem.NOT_FOUND);

    private final AwsConnection<SsmClient> connection;

    ParameterReader(AwsConnection<SsmClient> connection) {
        this.connection = connection;
    }

    Map<Locator, Outcome> read(Collection<Locator> locators, Deadline deadline) {
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        List<Locator> alone = new ArrayList<>();
        ask(chunks(locators), deadline)
                .forEach((chunk, answer) -> outcomes.putAll(answer.either(
                        response -> new ParameterAnswer(response, connection.place()).outcomes(chunk), failure -> {
                            Map<Locator, Outcome> failed = failed(chunk, failure);
                            if (chunk.size() > 1 && maybeOfOneName(failed)) {
                                alone.addAll(chunk);
                            }
                            return failed;
                        })));
        ask(alone.stream().map(List::of).toList(), deadline)
                .forEach((chunk, answer) -> outcomes.putAll(answer.either(
                        response -> new ParameterAnswer(response, connection.place()).outcomes(chunk),
                        failure -> failed(chunk, failure))));
        return outcomes;
    }

    private Map<List<Locator>, Answer<GetParametersResponse>> ask(List<List<Locator>> chunks, Deadline deadline) {
        List<Call<SsmClient, GetParametersResponse>> calls =
                chunks.stream().map(ParameterReader::call).toList();
        List<Answer<GetParametersResponse>> answers = connection.all(calls, deadline);
        Map<List<Locator>, Answer<GetParametersResponse>> byChunk = new LinkedHashMap<>();
        for (int i = 0; i < chunks.size(); i++) {
            byChunk.put(chunks.get(i), answers.get(i));
        }
        return byChunk;
    }

    private static Call<SsmClient, GetParametersResponse> call(List<Locator> chunk) {
        List<String> names = chunk.stream().map(ParameterReader::requestName).toList();
        return (client, limits) -> client.getParameters(
                request -> request.names(names).withDecryption(true).overrideConfiguration(limits));
    }

    /** {@code name:version} or {@code name:label} selects a version, of an ARN too. */
    static String requestName(Locator locator) {
        return locator.name() + locator.version().map(v -> ":" + v).orElse("");
    }

    /** No name twice in a call, whatever the versions: the answer tells a parameter by its name. */
    private static List<List<Locator>> chunks(Collection<Locator> locators) {
        List<List<Locator>> chunks = new ArrayList<>();
        List<Set<String>> names = new ArrayList<>();
        for (Locator locator : new LinkedHashSet<>(locators)) {
            int at = 0;
            while (at < chunks.size()
                    && (chunks.get(at).size() == NAMES_A_CALL || names.get(at).contains(locator.name()))) {
                at++;
            }
            if (at == chunks.size()) {
                chunks.add(new ArrayList<>());
                names.add(new HashSet<>());
            }
            chunks.get(at).add(locator);
            names.get(at).add(locator.name());
        }
        return chunks;
    }

    private static boolean maybeOfOneName(Map<Locator, Outcome> failed) {
        return failed.values().stream()
                .allMatch(outcome -> outcome instanceof Outcome.Failed told
                        && MAYBE_OF_ONE_NAME.contains(told.why().problem()));
    }

    private Map<Locator, Outcome> failed(List<Locator> chunk, Throwable failure) {
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : chunk) {
            SecretException why = connection.errors().of(failure, locator.toString(), access(locator));
            outcomes.put(locator, new Outcome.Failed(why));
        }
        return outcomes;
    }

    private Access access(Locator locator) {
        String action = "ssm:GetParameters";
        return locator.name().startsWith("arn:")
                ? new Access(action, locator.name())
                : Access.to(
                        action,
                        connection.place(),
                        "parameter/" + locator.name().replaceFirst("^/", ""));
    }
}
