package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.keys;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerBuildTest {
    private static final String ACCOUNT = "arn:aws:iam::123456789012:";
    private static final String ABAC = ACCOUNT + "role/jenkins-build";
    private static final Locator OF_SHOP = locator("ssm", "/shop/a");
    private static final Locator OF_PAY = locator("ssm", "/pay/a");

    private final DemoBackends backends = DemoBackends.start(DemoAws.seed("""
        aws:
          accessKeys: [{ id: AKIAJENKINS, secret: canary-key, user: jenkins, policies: [lists] }]
          roles:
            - { arn: "%1$srole/jenkins-build", trusts: ["%1$suser/jenkins"], policies: [abac] }
            - { arn: "%1$srole/untagged", trusts: ["%1$suser/jenkins"], tagSession: false }
            - { arn: "%1$srole/all", trusts: ["%1$suser/jenkins"] }
            - { arn: "%1$srole/jenkins/shop", trusts: ["%1$suser/jenkins"] }
            - { arn: "%1$srole/deployer", trusts: ["arn:aws:sts::123456789012:assumed-role/jenkins-build/*"] }
          policies:
            lists: [{ allow: ["*:Describe*", "*:List*"] }]
            abac:
              - { allow: ["ssm:Get*"], on: ["arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/jenkins-folder}/*"] }
              - { allow: ["secretsmanager:BatchGetSecretValue"] }
              - { allow: ["secretsmanager:GetSecretValue"], on: ["arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/jenkins-folder}/*"] }
          packedPolicyLimit: 900
        ssm: [{ name: /shop/a, value: of shop }, { name: /shop/b, value: more }, { name: /pay/a, value: of pay }]
        secretsManager: [{ name: shop/a, string: one }, { name: shop/b, string: two }, { name: pay/a, string: other }]
        """.formatted(ACCOUNT)));

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void aBuildReadsWhatItsTagsAllowAndADenialNamesTheTags() {
        try (SsmSource source = ssm(role(ABAC, true, false));
                SecretSource shop = build(source, "shop/web", 12)) {
            var outcomes = shop.fetch(List.of(OF_SHOP, OF_PAY), soon());

            assertThat(text(outcomes, OF_SHOP)).isEqualTo("of shop");
            assertThat(failed(outcomes, OF_PAY))
                    .hasMessageContaining("role " + ABAC + ", session shop-web-12")
                    .hasMessageContaining("jenkins-folder=shop")
                    .hasMessageContaining("jenkins-job=shop/web");
        }
    }

    @Test
    void aSessionIsNamedAfterJobAndBuildAndHasTagsOfJenkinsItemsAlone() {
        BuildIdentity branch = new BuildIdentity(
                "https://ci.example/", "shop/app", Optional.of("main"), "shop/app/main", 7, (place, id) -> none());
        try (SsmSource source = ssm(role(ABAC, true, false));
                SecretSource session = source.forBuild(branch).orElseThrow()) {
            session.fetch(List.of(OF_SHOP), soon());

            assertThat(logins()).singleElement().satisfies(login -> assertThat(login.details())
                    .containsEntry("RoleSessionName", "shop-app-main-7")
                    .containsEntry("jenkins-job", "shop/app")
                    .containsEntry("jenkins-folder", "shop")
                    .containsEntry("jenkins-branch", "main")
                    .containsEntry("jenkins-controller", "https://ci.example/"));
        }
    }

    @Test
    void aRoleThatTheSessionAssumesIsNamedAfterTheBuildToo() {
        Locator deployer = locator("ssm", new Minting("role", Map.of("roleArn", ACCOUNT + "role/deployer")).name());
        try (SsmSource source = ssm(role(ABAC, true, false));
                SecretSource shop = build(source, "shop/web", 12)) {
            assertThat(text(shop.fetch(List.of(deployer), soon()), deployer)).contains("sessionToken");

            assertThat(logins()).hasSize(2).allSatisfy(login -> assertThat(login.details())
                    .containsEntry("RoleSessionName", "shop-web-12"));
        }
    }

    @Test
    void aBuildLogsInOnceForAllThatItReads() {
        try (SecretsManagerSource source = secretsManager(role(ABAC, true, false));
                SecretSource shop = build(source, "shop/web", 1)) {
            shop.fetch(List.of(locator("sm", "shop/a"), locator("sm", "shop/b")), soon());
            shop.fetch(List.of(locator("sm", "shop/a")), soon());

            assertThat(logins()).hasSize(1);
        }
    }

    @Test
    void aSourceWithoutItCostsNoLogin() {
        SecretSource source = new SsmSource("ssm", settings().withPerBuild(Optional.empty()), SourceFilter.NONE);
        try (source) {
            assertThat(source.forBuild(identity("shop/web", 1))).isEmpty();
            source.fetch(List.of(OF_SHOP), soon());
            assertThat(logins()).isEmpty();
        }
    }

    @Test
    void outsideOfBuildsItListsAndServesNothing() {
        try (SsmSource source = ssm(role(ABAC, true, false))) {
            assertThatThrownBy(() -> source.fetch(List.of(OF_SHOP), soon()))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("each build reads from it as itself, and no build is asking");
            assertThat(source.below("/shop", soon())).hasSize(2);
            assertThat(source.check(soon()))
                    .noneMatch(step -> step.required() && !step.ok())
                    .filteredOn(SourceCheck::isOfBuilds)
                    .singleElement()
                    .satisfies(step -> assertThat(step.problem().orElseThrow().getMessage())
                            .contains("as role " + ABAC + ", with session tags, which only a build can test")
                            .contains("Rules for a job"));

            assertThat(logins()).isEmpty();
            assertThat(backends.requests().to(Service.SSM))
                    .noneMatch(call -> call.operation().startsWith("Get"));
        }
    }

    @Test
    void aBuildThatIsOverReadsNothingMore() {
        try (SsmSource source = ssm(role(ABAC, true, false))) {
            SecretSource shop = build(source, "shop/web", 3);
            shop.fetch(List.of(OF_SHOP), soon());
            shop.close();

            assertThat(failed(shop.fetch(List.of(OF_SHOP), soon()), OF_SHOP))
                    .hasMessageContaining("build shop/web#3 is over");
            assertThat(text(build(source, "shop/web", 4).fetch(List.of(OF_SHOP), soon()), OF_SHOP))
                    .as("the source goes on")
                    .isEqualTo("of shop");
        }
    }

    @Test
    void anExactPolicyAllowsTheNamesOfTheBuildAndNoOther() {
        AwsConnection<?> connection = AwsConnection.to(
                "source ssm", "Parameter Store", settings(), software.amazon.awssdk.services.ssm.SsmClient::builder);
        try (connection;
                BuildSession session = connection.session(
                        role(ACCOUNT + "role/all", false, true),
                        identity("shop/web", 1),
                        io.jenkins.plugins.awssecrets.engine.source.SourceKind.SSM)) {
            connection.logIn(soon());
            session.reading(List.of(OF_SHOP));
            var stolen = (software.amazon.awssdk.auth.credentials.AwsSessionCredentials) session.resolveCredentials();

            try (SsmSource thief = new SsmSource(
                    "ssm",
                    settings()
                            .withLogin(new AwsLogin.StaticKeys(
                                    stolen.accessKeyId(),
                                    SecretValue.of(stolen.secretAccessKey()),
                                    Optional.of(SecretValue.of(stolen.sessionToken())))),
                    SourceFilter.NONE)) {
                var outcomes = thief.fetch(List.of(OF_SHOP, OF_PAY), soon());

                assertThat(text(outcomes, OF_SHOP)).isEqualTo("of shop");
                assertThat(failed(outcomes, OF_PAY)).hasMessageContaining("access denied");
            }
        }
    }

    @Test
    void withAnExactPolicyOnlyNewNamesAskForAnotherSession() {
        try (SecretsManagerSource source = secretsManager(role(ACCOUNT + "role/all", false, true));
                SecretSource shop = build(source, "shop/web", 1)) {
            var both = List.of(locator("sm", "shop/a"), locator("sm", "shop/b"));
            assertThat(text(shop.fetch(both, soon()), both.get(0))).isEqualTo("one");
            shop.fetch(both, soon());
            assertThat(logins()).hasSize(1);

            shop.fetch(List.of(locator("sm", "pay/a")), soon());

            assertThat(logins()).hasSize(2);
            assertThat(logins().get(1).details().get("Policy"))
                    .contains("secret:shop/a-??????", "secret:shop/b-??????", "secret:pay/a-??????");
        }
    }

    @Test
    void aPolicyThatIsTooLargeLeavesItToTheTags() {
        try (SsmSource source = ssm(role(ABAC, true, true));
                SecretSource shop = build(source, "shop/web", 1)) {
            var many = many();
            assertThat(text(shop.fetch(many, soon()), OF_SHOP)).isEqualTo("of shop");
            assertThat(failed(shop.fetch(List.of(OF_PAY), soon()), OF_PAY)).hasMessageContaining("access denied");
        }
    }

    @Test
    void aPolicyThatIsTooLargeWithoutTagsFailsAndSaysHowToFixIt() {
        try (SsmSource source = ssm(role(ACCOUNT + "role/all", false, true));
                SecretSource shop = build(source, "shop/web", 1)) {
            assertThat(failed(shop.fetch(many(), soon()), OF_SHOP))
                    .hasMessageContaining("session policy")
                    .hasMessageContaining("larger than STS allows")
                    .hasMessageContaining("set tags");
            assertThat(backends.requests().to(Service.SSM)).isEmpty();
        }
    }

    @Test
    void theFolderMayBePartOfTheRole() {
        try (SsmSource source = ssm(role(ACCOUNT + "role/jenkins/${folder}", false, false));
                SecretSource shop = build(source, "shop/web", 1);
                SecretSource pay = build(source, "pay/web", 1)) {
            assertThat(text(shop.fetch(List.of(OF_SHOP), soon()), OF_SHOP)).isEqualTo("of shop");
            assertThat(failed(pay.fetch(List.of(OF_SHOP), soon()), OF_SHOP))
                    .hasMessageContaining("sts:AssumeRole on " + ACCOUNT + "role/jenkins/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop*/web", "shop team/web", "web", "${folder}/web", "shöp/web"})
    void aNameThatFitsNoRoleIsRefusedWithoutACall(String job) {
        try (SsmSource source = ssm(role(ACCOUNT + "role/jenkins/${folder}", false, false));
                SecretSource build = build(source, job, 1)) {
            assertThat(failed(build.fetch(List.of(OF_SHOP), soon()), OF_SHOP)).hasMessageContaining("${folder}");
            assertThat(logins()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop#1/web", "shop&pay/web", "a\tb/web", "shop,pay/web"})
    void aNameThatFitsNoTagIsRefusedWithoutACall(String job) {
        try (SsmSource source = ssm(role(ABAC, true, false));
                SecretSource build = build(source, job, 1)) {
            assertThat(failed(build.fetch(List.of(OF_SHOP), soon()), OF_SHOP))
                    .hasMessageContaining("session tag jenkins-job");
            assertThat(logins()).isEmpty();
            assertThat(build.identity()).contains("jenkins-build");
        }
    }

    @Test
    void aRoleThatMayNotBeTaggedSaysWhichPermissionIsMissing() {
        try (SsmSource source = ssm(role(ACCOUNT + "role/untagged", true, false));
                SecretSource shop = build(source, "shop/web", 1)) {
            assertThat(failed(shop.fetch(List.of(OF_SHOP), soon()), OF_SHOP)).hasMessageContaining("sts:TagSession");
        }
    }

    private static List<Locator> many() {
        return IntStream.range(0, 20)
                .mapToObj(i -> i == 0 ? OF_SHOP : locator("ssm", "/shop/some-long-name-of-a-parameter-" + i))
                .toList();
    }

    private List<RecordedRequest> logins() {
        return backends.requests().to(Service.STS);
    }

    private SsmSource ssm(PerBuild how) {
        return new SsmSource("ssm", settings().withPerBuild(Optional.of(how)), SourceFilter.NONE);
    }

    private SecretsManagerSource secretsManager(PerBuild how) {
        return new SecretsManagerSource(
                "sm",
                DemoAws.settings(backends.secretsManager(), backends)
                        .withLogin(keys("AKIAJENKINS", "canary-key"))
                        .withPerBuild(Optional.of(how)),
                SourceFilter.NONE);
    }

    private AwsSettings settings() {
        return DemoAws.settings(backends.ssm(), backends).withLogin(keys("AKIAJENKINS", "canary-key"));
    }

    private static PerBuild role(String arn, boolean tags, boolean exactPolicy) {
        return new PerBuild(
                Optional.empty(),
                List.of(),
                Optional.of(new PerBuild.Role(
                        PerBuild.roleArn("roleArn", arn), Optional.empty(), Optional.empty(), tags, exactPolicy)));
    }

    private static SecretSource build(SecretSource source, String job, int number) {
        return source.forBuild(identity(job, number)).orElseThrow();
    }

    private static BuildIdentity identity(String job, int number) {
        return new BuildIdentity("https://ci.example/", job, Optional.empty(), job, number, (place, id) -> none());
    }

    private static SecretValue none() {
        throw new AssertionError("no token is asked for");
    }
}
