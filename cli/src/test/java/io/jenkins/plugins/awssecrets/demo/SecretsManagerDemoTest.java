package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsManagerDemoTest {
    private static final Seed SEED = Seed.parse("""
            secretsManager:
              - name: prod/orders
                json: { username: orders_clone, password: second }
                version: 00000000-0000-4000-8000-000000000002
                description: The orders database
                tags: { "jenkins:credentials:type": database, team: web }
                rotation: { enabled: true, everyDays: 30, last: "2026-10-01T00:00:00Z", next: "2026-10-31T00:00:00Z" }
                versions:
                  - id: 00000000-0000-4000-8000-000000000001
                    json: { username: orders, password: first }
                    stages: [AWSPREVIOUS]
              - { name: ci/key, binary: AAEC, tags: { team: mobile } }
              - { name: ci/gone, string: made-up, deleted: "2026-10-01T00:00:00Z" }
              - { name: ci/empty }
              - { name: ci/locked, string: made-up, kmsDenied: true }
            """);

    private final DemoBackends backends = DemoBackends.start(SEED);
    private final SecretsManagerClient client = Clients.secretsManager(backends.secretsManager(), Clients.ANYBODY);

    @AfterEach
    void stop() {
        client.close();
        backends.close();
    }

    @Test
    void aBatchGivesCurrentValuesAndTellsErrorsApart() {
        BatchGetSecretValueResponse answer = client.batchGetSecretValue(
                r -> r.secretIdList("prod/orders", "ci/key", "none", "ci/gone", "ci/empty", "ci/locked"));

        assertThat(answer.secretValues())
                .extracting(SecretValueEntry::name, SecretValueEntry::secretString)
                .containsExactly(
                        tuple("prod/orders", "{\"username\":\"orders_clone\",\"password\":\"second\"}"),
                        tuple("ci/key", null));
        assertThat(answer.secretValues().get(1).secretBinary()).isEqualTo(SdkBytes.fromByteArray(new byte[] {0, 1, 2}));
        assertThat(answer.errors())
                .extracting(APIErrorType::secretId, APIErrorType::errorCode)
                .containsExactly(
                        tuple("none", "ResourceNotFoundException"),
                        tuple("ci/gone", "InvalidRequestException"),
                        tuple("ci/empty", "ResourceNotFoundException"),
                        tuple("ci/locked", "AccessDeniedException"));
    }

    @Test
    void twentyOneIdsAreRefused() {
        assertThatThrownBy(() -> client.batchGetSecretValue(r -> r.secretIdList(Collections.nCopies(21, "ci/key"))))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("less than or equal to 20");
    }

    @Test
    void idsAndFiltersTogetherAreRefused() {
        assertThatThrownBy(() -> client.batchGetSecretValue(r -> r.secretIdList("ci/key")
                        .filters(Filter.builder()
                                .key(FilterNameStringType.NAME)
                                .values("ci/")
                                .build())))
                .hasMessageContaining("but not both");
    }

    @Test
    void versionsAreReadByIdAndByStage() {
        GetSecretValueResponse previous =
                client.getSecretValue(r -> r.secretId("prod/orders").versionStage("AWSPREVIOUS"));

        assertThat(previous.secretString()).contains("first");
        assertThat(previous.versionStages()).containsExactly("AWSPREVIOUS");
        assertThat(client.getSecretValue(r -> r.secretId("prod/orders").versionId(previous.versionId()))
                        .secretString())
                .contains("first");
        assertThatThrownBy(() ->
                        client.getSecretValue(r -> r.secretId("prod/orders").versionStage("NONE")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("staging label: NONE");
    }

    @Test
    void anArnFindsTheSecretWithAndWithoutItsRandomEnd() {
        String arn = client.describeSecret(r -> r.secretId("prod/orders")).arn();

        assertThat(client.getSecretValue(r -> r.secretId(arn)).name()).isEqualTo("prod/orders");
        assertThat(client.getSecretValue(r -> r.secretId(arn.substring(0, arn.length() - 7)))
                        .name())
                .isEqualTo("prod/orders");
    }

    @Test
    void whatIsMarkedForDeletionIsRefusedUntilRestored() {
        assertThatThrownBy(() -> client.getSecretValue(r -> r.secretId("ci/gone")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("marked for deletion");

        client.restoreSecret(r -> r.secretId("ci/gone"));

        assertThat(client.getSecretValue(r -> r.secretId("ci/gone")).secretString())
                .isEqualTo("made-up");
    }

    @Test
    void descriptionsTellOfRotation() {
        DescribeSecretResponse answer = client.describeSecret(r -> r.secretId("prod/orders"));

        assertThat(answer.rotationEnabled()).isTrue();
        assertThat(answer.rotationRules().automaticallyAfterDays()).isEqualTo(30);
        assertThat(answer.nextRotationDate()).isEqualTo("2026-10-31T00:00:00Z");
        assertThat(answer.versionIdsToStages())
                .containsEntry("00000000-0000-4000-8000-000000000001", List.of("AWSPREVIOUS"));
    }

    @Test
    void filtersMatchBeginningsAndAllOfThemMust() {
        assertThat(names(FilterNameStringType.NAME, "ci/")).containsExactly("ci/key", "ci/empty", "ci/locked");
        assertThat(names(FilterNameStringType.NAME, "!ci/")).containsExactly("prod/orders");
        assertThat(names(FilterNameStringType.TAG_KEY, "team")).containsExactly("prod/orders", "ci/key");
        assertThat(names(FilterNameStringType.TAG_VALUE, "mob")).containsExactly("ci/key");
        assertThat(names(FilterNameStringType.DESCRIPTION, "the orders")).containsExactly("prod/orders");
        assertThat(names(FilterNameStringType.ALL, "database")).containsExactly("prod/orders");
    }

    private List<String> names(FilterNameStringType key, String value) {
        Filter filter = Filter.builder().key(key).values(value).build();
        return client.listSecretsPaginator(r -> r.filters(filter)).stream()
                .flatMap(page -> page.secretList().stream())
                .map(SecretListEntry::name)
                .toList();
    }

    @Test
    void plannedDeletionsAreListedOnRequest() {
        assertThat(client.listSecrets().secretList())
                .extracting(SecretListEntry::name)
                .doesNotContain("ci/gone");
        assertThat(client.listSecrets(r -> r.includePlannedDeletion(true)).secretList())
                .extracting(SecretListEntry::name)
                .contains("ci/gone");
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 0; i < 120; i++) {
            String name = "many/" + i;
            client.createSecret(r -> r.name(name).secretString("v"));
        }
        assertThat(client.listSecrets().secretList()).hasSize(100);
        assertThat(names(FilterNameStringType.NAME, "many/")).hasSize(120).doesNotHaveDuplicates();
        assertThat(client
                        .batchGetSecretValuePaginator(r -> r.filters(Filter.builder()
                                .key(FilterNameStringType.NAME)
                                .values("many/")
                                .build()))
                        .stream()
                        .mapToInt(page -> page.secretValues().size()))
                .containsExactly(20, 20, 20, 20, 20, 20);
    }

    @Test
    void aNewValueMovesTheStages() {
        client.putSecretValue(r -> r.secretId("prod/orders").secretString("third"));

        assertThat(client.getSecretValue(r -> r.secretId("prod/orders")).secretString())
                .isEqualTo("third");
        assertThat(client.getSecretValue(r -> r.secretId("prod/orders").versionStage("AWSPREVIOUS"))
                        .secretString())
                .contains("second");
    }
}
