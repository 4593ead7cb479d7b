package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Reads one secret by {@code GetSecretValue}.
 *
 * <p>A version that is a UUID is a version id. Any other is a stage; where no version has that stage and the text could
 * be an id (32 to 64 characters, as Terraform makes them), it is asked for once more as one.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
final class SingleRead {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int SHORTEST_ID = 32;
    private static final int LONGEST_ID = 64;

    private final AwsConnection<SecretsManagerClient> connection;

    SingleRead(AwsConnection<SecretsManagerClient> connection) {
        this.connection = connection;
    }

    Call<SecretsManagerClient, Map<Locator, Outcome>> call(Locator locator) {
        return (client, limits) -> Map.of(locator, Payloads.of(locator, read(client, locator, limits)));
    }

    private static GetSecretValueResponse read(
            SecretsManagerClient client, Locator locator, Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
        String version = locator.version().orElse("");
        if (version.isEmpty()) {
            return get(client, locator, limits, request -> {});
        } else if (UUID.matcher(version).matches()) {
            return get(client, locator, limits, request -> request.versionId(version));
        }
        try {
            return get(client, locator, limits, request -> request.versionStage(version));
        } catch (ResourceNotFoundException e) {
            if (version.length() < SHORTEST_ID || version.length() > LONGEST_ID) {
                throw e;
            }
            return get(client, locator, limits, request -> request.versionId(version));
        }
    }

    private static GetSecretValueResponse get(
            SecretsManagerClient client,
            Locator locator,
            Consumer<AwsRequestOverrideConfiguration.Builder> limits,
            Consumer<GetSecretValueRequest.Builder> version) {
        return client.getSecretValue(request -> {
            request.secretId(locator.name()).overrideConfiguration(limits);
            version.accept(request);
        });
    }

    Access access(Locator locator) {
        String action = "secretsmanager:GetSecretValue";
        // Secrets Manager adds a hyphen and six characters to a name to make its ARN.
        return locator.name().startsWith("arn:")
                ? new Access(action, locator.name())
                : Access.to(action, connection.place(), "secret:" + locator.name() + "-??????");
    }
}
