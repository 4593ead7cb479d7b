package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/**
 * Reads current versions by {@code BatchGetSecretValue}, 20 a call (the API's limit).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html">BatchGetSecretValue</a>
 */
final class BatchRead {
    static final Access ACCESS = new Access("secretsmanager:BatchGetSecretValue", "*");

    private static final int SECRETS_A_CALL = 20;
    private static final int OF_A_BATCH = 400;

    /** The hyphen and six characters that end a secret's ARN and may be left out of a request. */
    private static final int ARN_SUFFIX = 7;

    /** Faults that pass: a single read, with its retries, settles them. */
    private static final Set<Problem> PASSING = Set.of(Problem.UNREACHABLE, Problem.THROTTLED);

    private final AwsConnection<SecretsManagerClient> connection;
    private final SingleRead single;

    BatchRead(AwsConnection<SecretsManagerClient> connection, SingleRead single) {
        this.connection = connection;
        this.single = single;
    }

    /** No secret twice in a call: an explicit {@code AWSCURRENT} and no version are the same one. */
    static List<List<Locator>> chunks(List<Locator> locators) {
        Map<String, List<Locator>> byName = new LinkedHashMap<>();
        locators.forEach(locator ->
                byName.computeIfAbsent(locator.name(), n -> new ArrayList<>()).add(locator));
        List<List<Locator>> names = List.copyOf(byName.values());
        List<List<Locator>> chunks = new ArrayList<>();
        for (int from = 0; from < names.size(); from += SECRETS_A_CALL) {
            chunks.add(names.subList(from, Math.min(from + SECRETS_A_CALL, names.size())).stream()
                    .flatMap(List::stream)
                    .toList());
        }
        return chunks;
    }

    /** The call's outcomes; what is not among them has to be read alone. */
    Call<SecretsManagerClient, Map<Locator, Outcome>> call(List<Locator> chunk) {
        return (client, limits) -> {
            Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
            Optional<String> token = Optional.empty();
            do {
                BatchGetSecretValueResponse page = page(client, chunk, token, limits);
                chunk.forEach(
                        locator -> outcome(locator, page).ifPresent(outcome -> outcomes.putIfAbsent(locator, outcome)));
                token = Optional.ofNullable(page.nextToken()).filter(t -> !t.isEmpty());
            } while (token.isPresent());
            return outcomes;
        };
    }

    private static BatchGetSecretValueResponse page(
            SecretsManagerClient client,
            List<Locator> chunk,
            Optional<String> token,
            Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
        List<String> names = chunk.stream().map(Locator::name).distinct().toList();
        return client.batchGetSecretValue(request -> {
            request.secretIdList(names).overrideConfiguration(limits);
            token.ifPresent(request::nextToken);
        });
    }

    private Optional<Outcome> outcome(Locator locator, BatchGetSecretValueResponse page) {
        String name = locator.name();
        Optional<SecretValueEntry> value = page.secretValues().stream()
                .filter(entry -> name.equals(entry.name()) || isArn(name, entry.arn()))
                .findFirst();
        if (value.isPresent()) {
            return Optional.of(Payloads.of(locator, value.get()));
        }
        return page.errors().stream()
                .filter(error -> name.equals(error.secretId()) || isArn(name, error.secretId()))
                .findFirst()
                .flatMap(error -> failed(locator, error));
    }

    private static boolean isArn(String asked, String arn) {
        return arn != null
                && (asked.equals(arn)
                        || asked.startsWith("arn:")
                                && arn.length() == asked.length() + ARN_SUFFIX
                                && arn.startsWith(asked + "-"));
    }

    private Optional<Outcome> failed(Locator locator, APIErrorType error) {
        SecretException why = connection
                .errors()
                .ofCode(
                        Optional.ofNullable(error.errorCode()).orElse(""),
                        Optional.ofNullable(error.message()).orElse(""),
                        OF_A_BATCH,
                        locator.toString(),
                        single.access(locator));
        return PASSING.contains(why.problem()) ? Optional.empty() : Optional.of(new Outcome.Failed(why));
    }
}
