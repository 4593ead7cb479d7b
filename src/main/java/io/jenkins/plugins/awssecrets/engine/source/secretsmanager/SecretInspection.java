package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Kept;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** Lists the region's secrets without the source's filter, with those that are scheduled for deletion. */
final class SecretInspection {
    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 20;
    private static final String DEFAULT_KEY = "alias/aws/secretsmanager";

    private final String id;
    private final AwsConnection<SecretsManagerClient> connection;

    SecretInspection(String id, AwsConnection<SecretsManagerClient> connection) {
        this.id = id;
        this.connection = connection;
    }

    Inventory run(Deadline deadline) {
        List<Item> items = new ArrayList<>();
        Optional<SecretException> problem = Optional.empty();
        Optional<String> token = Optional.empty();
        try {
            for (int page = 0; page == 0 || page < MOST_PAGES && token.isPresent(); page++) {
                ListSecretsResponse answer = page(token, deadline);
                if (!answer.hasSecretList()) {
                    throw connection.errors().incomplete("source " + id);
                }
                answer.secretList().forEach(secret -> items.add(item(secret)));
                token = Optional.ofNullable(answer.nextToken()).filter(t -> !t.isEmpty());
            }
        } catch (SecretException e) {
            problem = Optional.of(e);
        }
        Optional<String> region = Optional.of(connection.place().region()).filter(r -> !r.equals("*"));
        return new Inventory(items, token.isEmpty(), Map.of(), region, problem);
    }

    private ListSecretsResponse page(Optional<String> token, Deadline deadline) {
        return connection.one(
                (client, limits) -> client.listSecrets(request -> {
                    request.includePlannedDeletion(true).maxResults(A_PAGE).overrideConfiguration(limits);
                    token.ifPresent(request::nextToken);
                }),
                new Access("secretsmanager:ListSecrets", "*"),
                deadline);
    }

    private Item item(SecretListEntry secret) {
        return new Item(
                SecretListing.metadata(id, secret),
                Optional.ofNullable(secret.arn()),
                Optional.ofNullable(secret.deletedDate()),
                Optional.ofNullable(secret.kmsKeyId()).filter(key -> !key.endsWith(DEFAULT_KEY)),
                Kept.ENCRYPTED);
    }
}
