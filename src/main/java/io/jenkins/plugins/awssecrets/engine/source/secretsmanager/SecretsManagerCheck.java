package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.CheckSteps;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The steps of a connection test that are Secrets Manager's own: {@code read} and {@code batch read} ask for a secret
 * that is not there, with the filter's prefix, and {@code list} for one secret's metadata. What {@code batch read} finds
 * holds for the reads after it.
 */
final class SecretsManagerCheck {
    private static final String PROBE = "connection-test-of-aws-secrets";

    private final Locator probe;
    private final AwsConnection<SecretsManagerClient> connection;
    private final SecretReader reader;

    SecretsManagerCheck(
            String id, AwsConnection<SecretsManagerClient> connection, SecretReader reader, SourceFilter filter) {
        this.probe = new Locator(id, filter.prefix().orElse("") + PROBE, Optional.empty());
        this.connection = connection;
        this.reader = reader;
    }

    List<CheckSteps.Step> readings(Deadline deadline) {
        return List.of(
                new CheckSteps.Step("read", () -> read(deadline)),
                new CheckSteps.Step("batch read", () -> batchRead(deadline)));
    }

    private void read(Deadline deadline) {
        if (reader.read(List.of(probe), deadline).get(probe) instanceof Outcome.Failed failed
                && failed.why().problem() != Problem.NOT_FOUND) {
            throw failed.why().about("source " + probe.source());
        }
    }

    private void batchRead(Deadline deadline) {
        try {
            connection.one(
                    (client, limits) -> client.batchGetSecretValue(
                            request -> request.secretIdList(probe.name()).overrideConfiguration(limits)),
                    BatchRead.ACCESS,
                    deadline);
            reader.batchDenied(false);
        } catch (SecretException e) {
            reader.batchDenied(e.problem() == Problem.DENIED);
            throw e;
        }
    }

    void list(Deadline deadline) {
        connection.one(
                (client, limits) ->
                        client.listSecrets(request -> request.maxResults(1).overrideConfiguration(limits)),
                new Access("secretsmanager:ListSecrets", "*"),
                deadline);
    }
}
