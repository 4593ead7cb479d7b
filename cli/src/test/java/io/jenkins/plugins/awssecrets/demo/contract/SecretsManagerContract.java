package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awssecrets.demo.Clients;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

@Timeout(120)
abstract class SecretsManagerContract {
    /** Of this test alone, as a peer outlives it. */
    private final String prefix = "t" + UUID.randomUUID() + "/";

    private AwsPeer peer;
    private SecretsManagerClient admin;
    private Reading reading;

    abstract AwsPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        admin = Clients.secretsManager(peer.secretsManager(), peer.admin());
        reading = source(SourceFilter.NONE);
    }

    @AfterEach
    void disconnect() {
        reading.source().close();
        admin.close();
        peer.close();
    }

    private Reading source(SourceFilter filter) {
        return new Reading(new SecretsManagerSource("sm", peer.settings(peer.secretsManager(), peer.admin()), filter));
    }

    private SourceFilter named(Map<String, String> tags) {
        return new SourceFilter(Optional.of(prefix), tags, Optional.empty());
    }

    private String create(String name, String value, Tag... tags) {
        admin.createSecret(
                r -> r.name(prefix + name).secretString(value).tags(tags).description("about " + name));
        return prefix + name;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void batchesBeyondTwentyAreReadWhole() {
        List<Locator> locators = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            locators.add(reading.locator(create("s" + i, "value " + i)));
        }
        Map<Locator, Outcome> outcomes = reading.all(locators);

        assertThat(outcomes).hasSize(45);
        for (int i = 0; i < 45; i++) {
            SecretPayload payload = Reading.payload(outcomes, locators.get(i));
            assertThat(payload.value().reveal()).isEqualTo("value " + i);
            assertThat(payload.stages()).containsExactly("AWSCURRENT");
            assertThat(payload.version()).isPresent();
        }
    }

    @Test
    void aMissingSecretFailsAloneAndTheOthersAreRead() {
        Locator there = reading.locator(create("there", "v"));
        Locator missing = reading.locator(prefix + "missing");
        Map<Locator, Outcome> outcomes = reading.all(List.of(there, missing));

        assertThat(Reading.payload(outcomes, there).value().reveal()).isEqualTo("v");
        assertThat(outcomes.get(missing))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.why().problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void binarySecretsKeepTheirBytes() {
        byte[] bytes = {0, 1, (byte) 0xff, '\n'};
        admin.createSecret(r -> r.name(prefix + "binary").secretBinary(SdkBytes.fromByteArray(bytes)));
        SecretPayload payload = reading.payload(reading.locator(prefix + "binary"));

        assertThat(payload.shape()).isEqualTo(SecretPayload.Shape.BINARY);
        assertThat(payload.value().bytes()).isEqualTo(bytes);
    }

    @Test
    void versionsAreReadByStageAndById() {
        String name = create("rotated", "first");
        String first = reading.payload(reading.locator(name)).version().orElseThrow();
        admin.putSecretValue(r -> r.secretId(name).secretString("second"));
        String third = admin.putSecretValue(
                        r -> r.secretId(name).secretString("third").versionStages("PENDING"))
                .versionId();

        assertThat(reading.text(name)).isEqualTo("second");
        assertThat(reading.text(name, "AWSPREVIOUS")).isEqualTo("first");
        assertThat(reading.text(name, first)).isEqualTo("first");
        assertThat(reading.text(name, "PENDING")).isEqualTo("third");
        assertThat(reading.payload(reading.locator(name, "PENDING")))
                .satisfies(p -> assertThat(p.version()).hasValue(third))
                .satisfies(p -> assertThat(p.stages()).containsExactly("PENDING"));
        assertThat(reading.failure(reading.locator(name, "NONE")).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(reading.failure(reading.locator(name, UUID.randomUUID().toString()))
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void aStageMovesBetweenVersions() {
        String name = create("staged", "first");
        String first = reading.payload(reading.locator(name)).version().orElseThrow();
        String second = admin.putSecretValue(r -> r.secretId(name).secretString("second"))
                .versionId();
        admin.updateSecretVersionStage(r -> r.secretId(name)
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(second));

        assertThat(reading.text(name, "AWSPREVIOUS")).isEqualTo("second");
        Reading below = source(named(Map.of()));
        assertThat(below.listed(name).version()).hasValue(first);
        below.source().close();
    }

    @Test
    void anArnIsReadAsItsName() {
        String name = create("by-arn", "v");
        String arn = admin.describeSecret(r -> r.secretId(name)).arn();

        assertThat(arn).matches("arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + name + "-\\w{6}");
        assertThat(reading.text(arn)).isEqualTo("v");
    }

    @Test
    void whatIsMarkedForDeletionIsToldAndComesBack() {
        String name = create("deleted", "v");
        admin.deleteSecret(r -> r.secretId(name));
        assertThat(reading.failure(reading.locator(name)).problem()).isEqualTo(Problem.DELETED);

        admin.restoreSecret(r -> r.secretId(name));
        assertThat(reading.text(name)).isEqualTo("v");

        admin.deleteSecret(r -> r.secretId(name).forceDeleteWithoutRecovery(true));
        assertThat(reading.failure(reading.locator(name)).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void aSecretWithoutAValueIsNotFound() {
        admin.createSecret(r -> r.name(prefix + "empty"));

        assertThat(reading.failure(reading.locator(prefix + "empty")).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void listsGoOverManyPagesWithTagsAndDescriptions() {
        for (int i = 0; i < 105; i++) {
            create("many/" + i, "v");
        }
        create("many/tagged", "v", tag("jenkins:credentials:type", "string"), tag("team", "web"));
        Reading below = source(named(Map.of()));

        assertThat(below.list()).extracting(SecretMetadata::name).hasSize(106).doesNotHaveDuplicates();
        assertThat(below.listed(prefix + "many/tagged")).satisfies(m -> {
            assertThat(m.tags()).containsEntry("jenkins:credentials:type", "string");
            assertThat(m.description()).isEqualTo("about many/tagged");
            assertThat(m.version()).isPresent();
            assertThat(m.changed()).isPresent();
        });
        below.source().close();
    }

    @Test
    void whatIsMarkedForDeletionIsNotListed() {
        String name = create("deleted-too", "v");
        create("kept", "v");
        admin.deleteSecret(r -> r.secretId(name));
        Reading below = source(named(Map.of()));

        assertThat(below.list()).extracting(SecretMetadata::name).containsExactly(prefix + "kept");
        below.source().close();
    }

    @Test
    void aFilterByTagsNarrowsTheList() {
        create("a", "v", tag("team", "web"), tag("stage", "prod"));
        create("b", "v", tag("team", "web"), tag("stage", "test"));
        create("c", "v", tag("stage", "web"), tag("team", "prod"));
        Reading web = source(named(Map.of("team", "web", "stage", "prod")));

        assertThat(web.list()).extracting(SecretMetadata::name).containsExactly(prefix + "a");
        web.source().close();
    }

    @Test
    void theConnectionTestFindsNothingWrong() {
        assertThat(reading.source().check(Reading.soon())).isNotEmpty().allMatch(SourceCheck::ok);
    }

    @Test
    void singleReadsHaveTheirOwnErrors() {
        String name = create("single", "v");

        assertThatThrownBy(() -> admin.getSecretValue(r -> r.secretId(prefix + "none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Secrets Manager can't find the specified secret.");
        assertThatThrownBy(() -> admin.getSecretValue(r -> r.secretId(name).versionStage("NONE")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> create("single", "v")).isInstanceOf(ResourceExistsException.class);
        admin.deleteSecret(r -> r.secretId(name));
        assertThatThrownBy(() -> admin.getSecretValue(r -> r.secretId(name)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aBatchTellsErrorsOneByOne() {
        String name = create("batched", "v");
        assertThat(admin.batchGetSecretValue(r -> r.secretIdList(name, prefix + "none")))
                .satisfies(r -> assertThat(r.secretValues()).hasSize(1))
                .satisfies(r -> assertThat(r.errors())
                        .extracting(APIErrorType::secretId, APIErrorType::errorCode)
                        .containsExactly(tuple(prefix + "none", "ResourceNotFoundException")));
    }
}
