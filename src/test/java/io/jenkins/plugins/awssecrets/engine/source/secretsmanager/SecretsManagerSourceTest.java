package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.found;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.numbered;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsManagerSourceTest {
    private static final String PREVIOUS_ID = "11111111-2222-4333-8444-555555555555";
    private static final String TERRAFORM_ID = "terraform-20260101000000000000000001";
    private static final Seed SEED =
            DemoAws.seed("""
            aws:
              accessKeys:
                - { id: AKIADEMO }
                - { id: AKIASINGLE, user: single, policies: [single] }
                - { id: AKIABATCH, user: batch, policies: [single, batch] }
              policies:
                single:
                  - allow: [secretsmanager:GetSecretValue]
                    on: ["arn:aws:secretsmanager:*:*:secret:ci/*"]
                batch: [{ allow: [secretsmanager:BatchGetSecretValue] }]
            secretsManager:
              - name: ci/docker
                json: { username: robot, password: new }
                version: %s
                changed: 2026-03-04T00:00:00Z
                versions:
                  - { id: %s, string: old, stages: [AWSPREVIOUS, mine] }
                  - { id: %s, string: terraformed, stages: [other] }
              - { name: ci/keystore, binary: "/+8AAQ==" }
              - { name: ci/gone, string: never, deleted: 2026-01-01T00:00:00Z }
              - { name: ci/locked, string: never, kmsDenied: true }
              - { name: prod/a, string: never }
            """.formatted("aaaaaaaa-2222-4333-8444-555555555555", PREVIOUS_ID, TERRAFORM_ID));

    private final DemoBackends backends = DemoBackends.start(many(SEED));
    private final SecretsManagerSource source = source("AKIADEMO");

    private static Seed many(Seed seed) {
        Seed more = seed;
        for (int i = 0; i < 41; i++) {
            more = more.secret("ci/many/" + i, "value " + i);
        }
        return more;
    }

    private SecretsManagerSource source(String key) {
        return new SecretsManagerSource(
                "sm",
                DemoAws.settings(backends.secretsManager(), backends).withLogin(DemoAws.keys(key, "any")),
                SourceFilter.NONE);
    }

    @AfterEach
    void stop() {
        source.close();
        backends.close();
    }

    private int batches() {
        return backends.requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue");
    }

    private int singles() {
        return backends.requests().count(Service.SECRETS_MANAGER, "GetSecretValue");
    }

    @Test
    void twentySecretsTakeOneCall() {
        List<Locator> locators = numbered("sm", "ci/many/", 20);
        Map<Locator, Outcome> outcomes = source.fetch(locators, soon());
        for (int i = 0; i < 20; i++) {
            assertThat(text(outcomes, locators.get(i))).isEqualTo("value " + i);
        }
        assertThat(backends.requests().all()).hasSize(1);
    }

    @Test
    void moreThanTwentySecretsAreReadInBatchesOfTwenty() {
        List<Locator> locators = numbered("sm", "ci/many/", 41);
        assertThat(source.fetch(locators, soon())).containsOnlyKeys(locators);
        assertThat(batches()).isEqualTo(3);
        assertThat(singles()).isZero();
    }

    @Test
    void aLoneSecretNeedsNoBatchPermission() {
        Locator docker = locator("sm", "ci/docker");
        var payload = found(source.fetch(List.of(docker), soon()), docker);
        assertThat(payload.value().reveal()).contains("\"password\":\"new\"");
        assertThat(payload.shape()).isEqualTo(Shape.TEXT);
        assertThat(payload.confidential()).isTrue();
        assertThat(payload.version()).contains("aaaaaaaa-2222-4333-8444-555555555555");
        assertThat(payload.stages()).containsExactly("AWSCURRENT");
        assertThat(payload.changed()).contains(Instant.parse("2026-03-04T00:00:00Z"));
        assertThat(batches()).isZero();
    }

    @Test
    void versionsAreReadByStageByIdAndByAnIdThatLooksLikeAStage() {
        Locator current = locator("sm", "ci/docker");
        Locator explicit = locator("sm", "ci/docker", "AWSCURRENT");
        Locator previous = locator("sm", "ci/docker", "AWSPREVIOUS");
        Locator mine = locator("sm", "ci/docker", "mine");
        Locator id = locator("sm", "ci/docker", PREVIOUS_ID);
        Locator terraform = locator("sm", "ci/docker", TERRAFORM_ID);
        Map<Locator, Outcome> outcomes =
                source.fetch(List.of(current, explicit, previous, mine, id, terraform), soon());
        assertThat(text(outcomes, current)).contains("new");
        assertThat(text(outcomes, explicit)).contains("new");
        assertThat(text(outcomes, previous)).isEqualTo("old");
        assertThat(text(outcomes, mine)).isEqualTo("old");
        assertThat(text(outcomes, id)).isEqualTo("old");
        assertThat(found(outcomes, id).version()).contains(PREVIOUS_ID);
        assertThat(text(outcomes, terraform)).isEqualTo("terraformed");
        assertThat(batches()).isEqualTo(1);
    }

    @Test
    void aVersionThatIsNotThereFails() {
        Locator none = locator("sm", "ci/docker", "AWSPENDING");
        assertThat(failed(source.fetch(List.of(none), soon()), none).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void binariesComeAsTheirBytes() {
        Locator keystore = locator("sm", "ci/keystore");
        var payload = found(source.fetch(List.of(keystore, locator("sm", "ci/docker")), soon()), keystore);
        assertThat(payload.shape()).isEqualTo(Shape.BINARY);
        assertThat(payload.value().bytes()).containsExactly(0xff, 0xef, 0x00, 0x01);
    }

    @Test
    void aSecretIsFoundByItsArnWithAndWithoutTheSuffix() {
        String arn = DemoAws.arnOfSecret(backends, "ci/docker");
        Locator whole = locator("sm", arn);
        Locator partial = locator("sm", arn.substring(0, arn.length() - 7));
        Map<Locator, Outcome> outcomes = source.fetch(List.of(whole, partial), soon());
        assertThat(text(outcomes, whole)).contains("new");
        assertThat(text(outcomes, partial)).contains("new");
        assertThat(batches()).isEqualTo(1);
        assertThat(singles()).isZero();
    }

    @Test
    void whatABatchCouldNotGiveFailsAlone() {
        try (SecretsManagerSource caller = source("AKIABATCH")) {
            Locator docker = locator("sm", "ci/docker");
            Locator absent = locator("sm", "ci/absent");
            Locator gone = locator("sm", "ci/gone");
            Locator locked = locator("sm", "ci/locked");
            Locator elsewhere = locator("sm", "prod/a");
            Map<Locator, Outcome> outcomes = caller.fetch(List.of(docker, absent, gone, locked, elsewhere), soon());
            assertThat(text(outcomes, docker)).contains("new");
            assertThat(failed(outcomes, absent).problem()).isEqualTo(Problem.NOT_FOUND);
            assertThat(failed(outcomes, gone).problem()).isEqualTo(Problem.DELETED);
            assertThat(failed(outcomes, locked).problem()).isEqualTo(Problem.DENIED);
            assertThat(failed(outcomes, locked).fix()).contains("kms:Decrypt");
            assertThat(failed(outcomes, elsewhere).fix()).contains("secretsmanager:GetSecretValue", "secret:prod/a-");
            assertThat(batches()).isEqualTo(1);
            assertThat(singles()).isZero();
        }
    }

    @Test
    void aDeniedBatchFallsBackToSingleReadsOnceAndIsRemembered() {
        try (SecretsManagerSource caller = source("AKIASINGLE")) {
            List<Locator> locators = numbered("sm", "ci/many/", 5);
            assertThat(caller.fetch(locators, soon()).values()).allMatch(o -> o instanceof Outcome.Found);
            assertThat(batches()).isEqualTo(1);
            assertThat(singles()).isEqualTo(5);
            caller.fetch(locators, soon());
            assertThat(batches()).isEqualTo(1);
            assertThat(singles()).isEqualTo(10);
        }
    }

    @Test
    void aConnectionTestForgetsThatBatchesWereDenied() {
        List<Locator> locators = numbered("sm", "ci/many/", 2);
        backends.faults().next(1, Service.SECRETS_MANAGER, "BatchGetSecretValue", Fault.denied());
        source.fetch(locators, soon());
        source.check(soon());
        backends.requests().clear();
        source.fetch(locators, soon());
        assertThat(batches()).isEqualTo(1);
        assertThat(singles()).isZero();
    }

    @Test
    void aBackendThatKnowsNoBatchesIsReadOneByOne() {
        backends.faults()
                .inject(
                        Service.SECRETS_MANAGER,
                        "BatchGetSecretValue",
                        Fault.error(Fault.Cause.BAD_REQUEST).code("UnknownOperationException"));
        List<Locator> locators = numbered("sm", "ci/many/", 3);
        assertThat(source.fetch(locators, soon()).values()).allMatch(o -> o instanceof Outcome.Found);
    }
}
