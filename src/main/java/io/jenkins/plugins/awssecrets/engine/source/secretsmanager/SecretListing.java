package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Lists secrets by {@code ListSecrets}, 100 a call, without those that are scheduled for deletion.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html">ListSecrets</a>
 */
final class SecretListing {
    private static final int A_PAGE = 100;
    private static final String CURRENT = "AWSCURRENT";

    private final String id;
    private final AwsConnection<SecretsManagerClient> connection;
    private final SecretFilters filters;

    SecretListing(String id, AwsConnection<SecretsManagerClient> connection, SourceFilter filter) {
        this.id = id;
        this.connection = connection;
        this.filters = new SecretFilters(filter);
    }

    List<SecretMetadata> list(Deadline deadline) {
        // A page is read while the next one is fetched, which only its token allows.
        List<CompletableFuture<List<SecretMetadata>>> pages = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ListSecretsResponse page =
                    connection.one(page(token), new Access("secretsmanager:ListSecrets", "*"), deadline);
            if (!page.hasSecretList()) {
                throw connection.errors().incomplete("source " + id);
            }
            pages.add(CompletableFuture.supplyAsync(() -> read(page)));
            token = Optional.ofNullable(page.nextToken()).filter(t -> !t.isEmpty());
        } while (token.isPresent());
        return pages.stream().flatMap(page -> page.join().stream()).toList();
    }

    private List<SecretMetadata> read(ListSecretsResponse page) {
        return page.secretList().stream()
                .filter(secret -> secret.deletedDate() == null)
                .map(secret -> metadata(id, secret))
                .filter(filters::letThrough)
                .toList();
    }

    private Call<SecretsManagerClient, ListSecretsResponse> page(Optional<String> token) {
        return (client, limits) -> client.listSecrets(request -> {
            request.filters(filters.filters()).maxResults(A_PAGE).overrideConfiguration(limits);
            token.ifPresent(request::nextToken);
        });
    }

    static SecretMetadata metadata(String id, SecretListEntry secret) {
        return new SecretMetadata(
                id,
                secret.name(),
                Optional.ofNullable(secret.description()).orElse(""),
                secret.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> first)),
                currentVersion(secret.secretVersionsToStages()),
                Optional.ofNullable(secret.lastChangedDate()).or(() -> Optional.ofNullable(secret.createdDate())),
                Optional.of(rotation(secret)));
    }

    private static Optional<String> currentVersion(Map<String, List<String>> stages) {
        return stages.entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Rotation rotation(SecretListEntry secret) {
        return new Rotation(
                Boolean.TRUE.equals(secret.rotationEnabled()),
                Optional.ofNullable(secret.rotationRules())
                        .map(RotationRulesType::automaticallyAfterDays)
                        .map(Math::toIntExact),
                Optional.ofNullable(secret.lastRotatedDate()),
                Optional.ofNullable(secret.nextRotationDate()));
    }
}
