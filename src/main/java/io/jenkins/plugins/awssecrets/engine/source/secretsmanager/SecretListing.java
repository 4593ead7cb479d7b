package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortByType;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Lists secrets by {@code ListSecrets}, 100 a call, without those that are scheduled for deletion. Only a page tells the
 * token of the next one; so where there are many, they are listed from both ends of the alphabet at once.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html">ListSecrets</a>
 */
final class SecretListing {
    private static final int A_PAGE = 100;

    /** Pages from which on the calls at which both ends meet, one or two more than without, are worth it. */
    private static final int MANY = 3;

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
        ListedEnd first = new ListedEnd(SortOrderType.ASC, this::read);
        ListedEnd last = new ListedEnd(SortOrderType.DESC, this::read);
        while (first.goesOn() && first.pages() < MANY) {
            list(List.of(first), deadline);
        }
        while (first.goesOn() && last.goesOn() && !first.overlaps(last)) {
            list(List.of(first, last), deadline);
        }
        if (last.goesOn() && !first.meets(last)) {
            // The service sorts otherwise, or the list changed meanwhile: one end alone sees all.
            while (first.goesOn()) {
                list(List.of(first), deadline);
            }
        }
        Map<String, SecretMetadata> secrets = new LinkedHashMap<>();
        first.secrets().forEach(secret -> secrets.put(secret.name(), secret));
        last.secrets().forEach(secret -> secrets.putIfAbsent(secret.name(), secret));
        return List.copyOf(secrets.values());
    }

    private void list(List<ListedEnd> ends, Deadline deadline) {
        List<ListSecretsResponse> pages = connection.each(
                ends.stream().map(this::next).toList(), new Access("secretsmanager:ListSecrets", "*"), deadline);
        for (int i = 0; i < pages.size(); i++) {
            if (!pages.get(i).hasSecretList()) {
                throw connection.errors().incomplete("source " + id);
            }
            ends.get(i).add(pages.get(i));
        }
    }

    private List<SecretMetadata> read(ListSecretsResponse page) {
        return page.secretList().stream()
                .filter(secret -> secret.deletedDate() == null)
                .map(secret -> metadata(id, secret))
                .filter(filters::letThrough)
                .toList();
    }

    private Call<SecretsManagerClient, ListSecretsResponse> next(ListedEnd end) {
        return (client, limits) -> client.listSecrets(request -> {
            request.filters(filters.filters())
                    .maxResults(A_PAGE)
                    .sortBy(SortByType.NAME)
                    .sortOrder(end.order())
                    .overrideConfiguration(limits);
            end.token().ifPresent(request::nextToken);
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
