package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.keys;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsLoginTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
    private static final String SECOND = "arn:aws:iam::123456789012:role/second";
    private static final String SECRET = "canary-secret-key";
    private static final Locator A = locator("ssm", "/ci/a");

    private final DemoBackends backends =
            DemoBackends.start(DemoAws.seed("""
                aws:
                  accessKeys:
                    - { id: AKIAADMIN, secret: %s, user: admin }
                    - { id: AKIAOLD, secret: %s, expired: true }
                    - { id: AKIASESSION, secret: %s, sessionToken: canary-token }
                  roles:
                    - { arn: %s, externalId: ours, trusts: ["arn:aws:iam::123456789012:user/admin"] }
                    - { arn: %s, trusts: ["arn:aws:sts::123456789012:assumed-role/deploy/*"] }
                    - { arn: "arn:aws:iam::123456789012:role/pod" }
                  webIdentityTokens: [canary-good-token]
                ssm: [{ name: /ci/a, value: value }]
                """.formatted(SECRET, SECRET, SECRET, ROLE, SECOND)));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        backends.close();
    }

    private SsmSource source(UnaryOperator<AwsSettings> change) {
        AwsSettings settings = DemoAws.settings(backends.ssm(), backends).withLogin(keys("AKIAADMIN", SECRET));
        return new SsmSource("ssm", change.apply(settings), SourceFilter.NONE);
    }

    private void reads(UnaryOperator<AwsSettings> change) {
        try (SsmSource source = source(change)) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
        }
    }

    private SecretException fails(UnaryOperator<AwsSettings> change) {
        try (SsmSource source = source(change)) {
            SecretException why = failed(source.fetch(List.of(A), soon()), A);
            assertThat(EveryText.of(why)).doesNotContain("canary");
            return why;
        }
    }

    private static AssumeRole role(String arn, String externalId, String session) {
        return new AssumeRole(
                arn,
                Optional.of(externalId).filter(id -> !id.isEmpty()),
                Optional.of(session).filter(name -> !name.isEmpty()),
                Optional.empty());
    }

    private List<RecordedRequest> assumed() {
        return backends.requests().to(Service.STS, "AssumeRole");
    }

    @Test
    void anAccessKeyReads() {
        reads(settings -> settings);
        reads(settings -> settings.withLogin(new AwsLogin.StaticKeys(
                "AKIASESSION", SecretValue.of(SECRET), Optional.of(SecretValue.of("canary-token")))));
    }

    @Test
    void aKeyThatIsWrongUnknownOrExpiredIsNotAuthenticated() {
        for (AwsLogin login :
                List.of(keys("AKIAADMIN", "wrong"), keys("AKIANOBODY", SECRET), keys("AKIAOLD", SECRET))) {
            SecretException why = fails(settings -> settings.withLogin(login));
            assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(why.fix()).contains("authentication");
        }
    }

    @Test
    void aRoleIsAssumedOnceWithItsExternalIdAndSessionName() {
        try (SsmSource source = source(settings -> settings.withChain(List.of(role(ROLE, "ours", "team/job #12"))))) {
            source.fetch(List.of(A), soon());
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
        }
        assertThat(assumed()).hasSize(1);
        assertThat(assumed().get(0).names()).contains(ROLE);
        assertThat(assumed().get(0).details()).containsEntry("RoleSessionName", "team-job-12");
    }

    @Test
    void aSessionIsNamedAfterTheBuildUnlessTheRoleHasAName() {
        reads(settings -> settings.withChain(List.of(role(ROLE, "ours", ""), role(SECOND, "", "fixed")))
                .withSessionName("job 7"));
        assertThat(assumed())
                .extracting(request -> request.details().get("RoleSessionName"))
                .containsExactly("job-7", "fixed");
    }

    @Test
    void rolesAreAssumedOneAfterTheOther() {
        reads(settings -> settings.withChain(List.of(role(ROLE, "ours", ""), role(SECOND, "", ""))));
        assertThat(assumed())
                .flatExtracting(RecordedRequest::names)
                .containsSequence(ROLE)
                .contains(SECOND);
    }

    @Test
    void aRoleThatMayNotBeAssumedIsToldWithWhatToAllow() {
        SecretException why = fails(settings -> settings.withChain(List.of(role(ROLE, "theirs", ""))));
        assertThat(why.problem()).isEqualTo(Problem.DENIED);
        assertThat(why.fix()).contains("allow sts:AssumeRole on " + ROLE, "trust policy");
    }

    @Test
    void whyTheFirstRoleOfAChainFailedIsTold() {
        SecretException why =
                fails(settings -> settings.withChain(List.of(role(ROLE, "theirs", ""), role(SECOND, "", ""))));
        assertThat(why.problem()).isEqualTo(Problem.DENIED);
        assertThat(why.reason()).contains(ROLE);
    }

    @Test
    void anStsThatIsDownIsUnreachableAndNotAWrongLogin() {
        backends.faults().inject(Service.STS, Fault.canned(503, "text/html", "canary"));
        SecretException why = fails(settings -> settings.withChain(List.of(role(ROLE, "ours", ""))));
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.reason()).contains("STS");
    }

    @Test
    void aWebIdentityTokenIsReadFromItsFile() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "canary-good-token");
        reads(settings -> settings.withLogin(new AwsLogin.WebIdentity("arn:aws:iam::123456789012:role/pod", token)));
        assertThat(backends.requests().count(Service.STS, "AssumeRoleWithWebIdentity"))
                .isEqualTo(1);
    }

    @Test
    void aWebIdentityTokenThatIsRefusedOrMissingIsToldWithoutIt() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad"), "canary-bad-token");
        SecretException refused = fails(
                settings -> settings.withLogin(new AwsLogin.WebIdentity("arn:aws:iam::123456789012:role/pod", bad)));
        assertThat(refused.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(refused.reason()).contains("InvalidIdentityToken");
        SecretException missing = fails(settings -> settings.withLogin(
                new AwsLogin.WebIdentity("arn:aws:iam::123456789012:role/pod", folder.resolve("none"))));
        assertThat(missing.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(missing.reason()).contains("token file", "none", "cannot be read");
    }

    @Test
    void aProfileThatIsNotThereIsNamed() {
        SecretException why = fails(settings -> settings.withLogin(new AwsLogin.Profile("no-such-profile")));
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("no-such-profile");
    }

    @Test
    void fipsAndAnEndpointOfOnesOwnExcludeEachOther() {
        assertThat(fails(settings -> settings.withFips(true)).problem()).isEqualTo(Problem.MALFORMED);
        assertThat(fails(settings -> settings.withDualStack(true)).problem()).isEqualTo(Problem.MALFORMED);
    }

    @Test
    void aSourceWithoutARegionFailsAtItsFirstFetch() {
        SecretException why = fails(settings -> settings.withRegion("eu west 1"));
        assertThat(why.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(why.fix()).contains("eu-west-1");
    }
}
