package io.jenkins.plugins.awssecrets.engine.source.ssm;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.found;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.numbered;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SsmSourceTest {
    private static final String KEY = "0f0e0d0c-0000-4000-8000-000000000001";
    private static final Seed SEED = DemoAws.seed("""
        aws:
          accessKeys:
            - { id: AKIADEMO }
            - { id: AKIAREADER, user: reader, policies: [reader] }
          policies:
            reader:
              - allow: [ssm:GetParameters]
                on: ["arn:aws:ssm:*:*:parameter/ci/*"]
              - deny: [ssm:GetParameters]
                on: ["arn:aws:ssm:*:*:parameter/ci/forbidden"]
        ssm:
          - name: /ci/user
            value: robot-3
            changed: 2026-01-03T00:00:00Z
            versions: [{ value: robot-1, labels: [stable] }, { value: robot-2 }]
          - { name: /ci/list, type: StringList, value: "a,b" }
          - { name: /ci/password, type: SecureString, value: "p\\u00e4ss \\"$1'" }
          - { name: plain, value: flat }
          - { name: /ci/forbidden, value: never }
          - { name: /ci/locked, type: SecureString, value: never, key: key/%s }
          - { name: /ci/broken, type: SecureString, value: never, kmsDenied: true }
          - { name: /prod/a, value: never }
        """.formatted(KEY));

    private final DemoBackends backends = DemoBackends.start(many(SEED));
    private final SsmSource source = source("AKIADEMO");

    private static Seed many(Seed seed) {
        Seed more = seed;
        for (int i = 0; i < 20; i++) {
            more = more.parameter("/many/" + i, "value " + i);
        }
        return more;
    }

    private SsmSource source(String key) {
        return new SsmSource(
                "ssm",
                DemoAws.settings(backends.ssm(), backends).withLogin(DemoAws.keys(key, "any")),
                SourceFilter.NONE);
    }

    @AfterEach
    void stop() {
        source.close();
        backends.close();
    }

    private List<RecordedRequest> calls() {
        return backends.requests().to(Service.SSM, "GetParameters");
    }

    @Test
    void twentyNamesTakeTwoCalls() {
        List<Locator> locators = numbered("ssm", "/many/", 20);
        Map<Locator, Outcome> outcomes = source.fetch(locators, soon());
        assertThat(outcomes).containsOnlyKeys(locators);
        for (int i = 0; i < 20; i++) {
            assertThat(text(outcomes, locators.get(i))).isEqualTo("value " + i);
        }
        assertThat(backends.requests().all()).hasSize(2);
    }

    @Test
    void nothingToReadTakesNoCall() {
        assertThat(source.fetch(List.of(), soon())).isEmpty();
        assertThat(backends.requests().all()).isEmpty();
    }

    @Test
    void aPayloadTellsVersionAndDate() {
        Locator user = locator("ssm", "/ci/user");
        var payload = found(source.fetch(List.of(user), soon()), user);
        assertThat(payload.version()).contains("3");
        assertThat(payload.changed()).contains(Instant.parse("2026-01-03T00:00:00Z"));
        assertThat(payload.stages()).isEmpty();
    }

    @Test
    void onlyWhatParameterStoreKeepsInTheClearIsNotConfidential() {
        Locator user = locator("ssm", "/ci/user");
        Locator list = locator("ssm", "/ci/list");
        Locator password = locator("ssm", "/ci/password");
        Map<Locator, Outcome> outcomes = source.fetch(List.of(user, list, password), soon());
        assertThat(found(outcomes, user).confidential()).isFalse();
        assertThat(found(outcomes, list).confidential()).isFalse();
        assertThat(found(outcomes, password).confidential()).isTrue();
        assertThat(text(outcomes, password)).isEqualTo("p\u00e4ss \"$1'");
    }

    @Test
    void versionsOfOneNameAreReadByNumberAndByLabel() {
        Locator newest = locator("ssm", "/ci/user");
        Locator second = locator("ssm", "/ci/user", "2");
        Locator stable = locator("ssm", "/ci/user", "stable");
        Map<Locator, Outcome> outcomes = source.fetch(List.of(newest, second, stable, newest), soon());
        assertThat(outcomes).hasSize(3);
        assertThat(text(outcomes, newest)).isEqualTo("robot-3");
        assertThat(text(outcomes, second)).isEqualTo("robot-2");
        assertThat(found(outcomes, second).version()).contains("2");
        assertThat(text(outcomes, stable)).isEqualTo("robot-1");
        assertThat(found(outcomes, stable).stages()).containsExactly("stable");
        assertThat(found(outcomes, stable).version()).contains("1");
    }

    @Test
    void aParameterIsReadByItsArnAndByANameWithoutAPath() {
        Locator arn = locator("ssm", "arn:aws:ssm:eu-west-1:123456789012:parameter/ci/user");
        Locator flat = locator("ssm", "plain");
        Map<Locator, Outcome> outcomes = source.fetch(List.of(arn, flat), soon());
        assertThat(text(outcomes, arn)).isEqualTo("robot-3");
        assertThat(text(outcomes, flat)).isEqualTo("flat");
    }

    @Test
    void whatIsNotThereFailsAloneAndNamesTheRegion() {
        Locator user = locator("ssm", "/ci/user");
        Locator absent = locator("ssm", "/ci/absent");
        Locator noSuchVersion = locator("ssm", "/ci/list", "9");
        Map<Locator, Outcome> outcomes = source.fetch(List.of(user, absent, noSuchVersion), soon());
        assertThat(text(outcomes, user)).isEqualTo("robot-3");
        assertThat(failed(outcomes, absent).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(failed(outcomes, absent))
                .hasMessageContaining("ssm:/ci/absent")
                .hasMessageContaining("eu-west-1");
        assertThat(failed(outcomes, noSuchVersion).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(failed(outcomes, noSuchVersion)).hasMessageContaining("number");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aDeniedNameFailsAloneThoughTheServiceRefusesTheWholeCall() {
        try (SsmSource reader = source("AKIAREADER")) {
            Locator user = locator("ssm", "/ci/user");
            Locator forbidden = locator("ssm", "/ci/forbidden");
            Locator elsewhere = locator("ssm", "/prod/a");
            Map<Locator, Outcome> outcomes = reader.fetch(List.of(user, forbidden, elsewhere), soon());
            assertThat(text(outcomes, user)).isEqualTo("robot-3");
            SecretException why = failed(outcomes, elsewhere);
            assertThat(why.problem()).isEqualTo(Problem.DENIED);
            assertThat(why.fix())
                    .contains("allow ssm:GetParameters on arn:aws:ssm:eu-west-1:123456789012:parameter/prod/a");
            assertThat(failed(outcomes, forbidden).reason()).contains("explicit deny in an identity-based policy");
            assertThat(calls()).hasSize(4);
        }
    }

    @Test
    void aSingleDeniedNameIsNotAskedForTwice() {
        try (SsmSource reader = source("AKIAREADER")) {
            Locator elsewhere = locator("ssm", "/prod/a");
            assertThat(failed(reader.fetch(List.of(elsewhere), soon()), elsewhere)
                            .problem())
                    .isEqualTo(Problem.DENIED);
            assertThat(calls()).hasSize(1);
        }
    }

    @Test
    void aKeyThatMayNotBeUsedIsNamedAndHitsItsParameterAlone() {
        try (SsmSource reader = source("AKIAREADER")) {
            Locator user = locator("ssm", "/ci/user");
            Locator locked = locator("ssm", "/ci/locked");
            Locator broken = locator("ssm", "/ci/broken");
            Map<Locator, Outcome> outcomes = reader.fetch(List.of(user, locked, broken), soon());
            assertThat(text(outcomes, user)).isEqualTo("robot-3");
            assertThat(failed(outcomes, locked).problem()).isEqualTo(Problem.DENIED);
            assertThat(failed(outcomes, locked).fix())
                    .contains("kms:Decrypt on key arn:aws:kms:eu-west-1:123456789012:key/" + KEY);
            assertThat(failed(outcomes, broken).problem()).isEqualTo(Problem.DENIED);
            assertThat(failed(outcomes, broken).fix()).contains("kms:Decrypt on its key");
        }
    }
}
