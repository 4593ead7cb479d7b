package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.keys;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTestTest {
    private final DemoBackends backends = DemoBackends.start(DemoAws.seed("""
        aws:
          accessKeys:
            - { id: AKIADEMO }
            - { id: AKIANAMED, policies: [named] }
            - { id: AKIAPREFIX, policies: [prefix] }
          policies:
            named:
              - { allow: [ssm:GetParameters], on: ["arn:aws:ssm:*:*:parameter/ci/a"] }
              - { allow: [secretsmanager:GetSecretValue], on: ["arn:aws:secretsmanager:*:*:secret:ci/a-??????"] }
            prefix:
              - { allow: [ssm:GetParameters], on: ["arn:aws:ssm:*:*:parameter/ci/*"] }
              - { allow: [secretsmanager:GetSecretValue], on: ["arn:aws:secretsmanager:*:*:secret:ci/*"] }
        """));

    @AfterEach
    void stop() {
        backends.close();
    }

    private SecretSource ssm(String key, String prefix) {
        return new SsmSource(
                "ssm",
                DemoAws.settings(backends.ssm(), backends).withLogin(keys(key, "any")),
                new SourceFilter(Optional.of(prefix), Map.of(), Optional.empty()));
    }

    private SecretSource secretsManager(String key) {
        return new SecretsManagerSource(
                "sm",
                DemoAws.settings(backends.secretsManager(), backends).withLogin(keys(key, "any")),
                new SourceFilter(Optional.of("ci/"), Map.of(), Optional.empty()));
    }

    private static List<SourceCheck> check(SecretSource source) {
        try (source) {
            return source.check(soon());
        }
    }

    @Test
    void whoMayDoEverythingPassesEveryStep() {
        assertThat(check(ssm("AKIADEMO", "/ci")))
                .allMatch(SourceCheck::ok)
                .extracting(SourceCheck::what)
                .containsExactly("authenticate", "reach", "read", "list");
        assertThat(check(secretsManager("AKIADEMO")))
                .allMatch(SourceCheck::ok)
                .extracting(SourceCheck::what)
                .containsExactly("authenticate", "reach", "read", "batch read", "list");
    }

    @Test
    void whoMayReadNamedSecretsOnlyPassesAllThatIsRequired() {
        for (SecretSource source : List.of(ssm("AKIANAMED", "/ci"), secretsManager("AKIANAMED"))) {
            List<SourceCheck> steps = check(source);
            assertThat(steps.stream().filter(SourceCheck::required)).hasSize(2).allMatch(SourceCheck::ok);
            assertThat(steps.stream().filter(step -> !step.required()))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.problem())
                            .hasValueSatisfying(why -> assertThat(why.problem()).isEqualTo(Problem.DENIED)));
        }
    }

    @Test
    void aReadBelowTheFiltersPrefixIsTriedThere() {
        for (String prefix : List.of("/ci", "/ci/")) {
            assertThat(check(ssm("AKIAPREFIX", prefix)))
                    .filteredOn(step -> step.what().equals("read"))
                    .allMatch(SourceCheck::ok);
        }
        assertThat(check(secretsManager("AKIAPREFIX")))
                .filteredOn(step -> step.what().equals("read"))
                .hasSize(1)
                .allMatch(SourceCheck::ok);
    }

    @Test
    void everyMissingPermissionIsNamed() {
        assertThat(check(secretsManager("AKIANAMED")))
                .flatExtracting(
                        step -> step.problem().map(why -> why.fix()).stream().toList())
                .satisfiesExactly(
                        read -> assertThat(read).asString().contains("secretsmanager:GetSecretValue"),
                        batch -> assertThat(batch).asString().contains("secretsmanager:BatchGetSecretValue"),
                        list -> assertThat(list).asString().contains("secretsmanager:ListSecrets"));
    }

    @Test
    void aCallerNobodyKnowsDoesNotGetPastReach() {
        assertThat(check(ssm("AKIANOBODY", "/ci")))
                .extracting(SourceCheck::what, SourceCheck::ok)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("authenticate", true),
                        org.assertj.core.groups.Tuple.tuple("reach", false));
    }

    @Test
    void aRoleThatCannotBeAssumedFailsTheLogin() {
        AwsSettings settings = DemoAws.settings(backends.ssm(), backends)
                .withLogin(keys("AKIANOBODY", "any"))
                .withChain(List.of(AssumeRole.of("arn:aws:iam::123456789012:role/deploy")));
        assertThat(check(new SsmSource("ssm", settings, SourceFilter.NONE)))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.what()).isEqualTo("authenticate");
                    assertThat(step.required()).isTrue();
                    assertThat(step.problem())
                            .hasValueSatisfying(why -> assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED));
                });
    }
}
