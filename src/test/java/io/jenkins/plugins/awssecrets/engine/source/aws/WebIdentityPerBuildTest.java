package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Builds that authenticate with their ID tokens; the controller has no login at all. */
class WebIdentityPerBuildTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/of-shop";
    private static final Locator A = locator("ssm", "/shop/a");

    private final TestIssuer issuer = new TestIssuer();
    private final DemoBackends backends = DemoBackends.start(DemoAws.seed("""
        aws:
          accessKeys: [{ id: AKIANOBODY, policies: [] }]
          roles: [{ arn: "%s", claims: { sub: "https://ci.example/job/shop/*" } }]
          oidcProviders: [{ issuer: "%s", audiences: [sts.amazonaws.com] }]
        ssm: [{ name: /shop/a, value: of shop }]
        """.formatted(ROLE, issuer.address())));

    WebIdentityPerBuildTest() throws IOException {}

    @AfterEach
    void stop() {
        backends.close();
        issuer.close();
    }

    @Test
    void aBuildReadsWithItsIdTokenAndLogsInOnce() {
        try (SsmSource source = source();
                SecretSource build = build(source, job -> issuer.token("sts.amazonaws.com", job))) {
            assertThat(text(build.fetch(List.of(A), soon()), A)).isEqualTo("of shop");
            build.fetch(List.of(A), soon());

            assertThat(backends.requests().to(Service.STS))
                    .extracting(RecordedRequest::operation)
                    .containsExactly("AssumeRoleWithWebIdentity");
            assertThat(backends.requests().to(Service.STS).get(0).details())
                    .containsEntry("RoleSessionName", "shop-web-5");
            assertThat(build.identity()).isEqualTo("role " + ROLE + ", session shop-web-5");
        }
    }

    @Test
    void aDenialNamesTheClaimsThatTheTrustPolicyIsToCompare() {
        SecretException why = refused(job -> issuer.token("sts.amazonaws.com", "https://ci.example/job/pay/"));

        assertThat(why)
                .hasMessageContaining("sts:AssumeRoleWithWebIdentity")
                .hasMessageContaining("sub=https://ci.example/job/pay/")
                .hasMessageContaining("iss=" + issuer.address())
                .hasMessageContaining("aud=sts.amazonaws.com");
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        assertThat(refused(job -> issuer.token("vault", job))).hasMessageContaining("aud=vault");
    }

    @Test
    void aForgedTokenIsRefused() {
        refused(job -> issuer.forged("sts.amazonaws.com", job));
    }

    @Test
    void whatIsNoTokenIsRefusedAndNotShown() {
        assertThat(refused(job -> SecretValue.of("canary-of-somebody"))).hasMessageNotContaining("canary");
    }

    @Test
    void withoutALoginOfItsOwnTheSourceListsNothing() {
        try (SsmSource source = source()) {
            assertThat(source.list(soon())).isEmpty();
            assertThat(source.check(soon())).noneMatch(step -> step.required());
            assertThat(backends.requests().to(Service.STS)).isEmpty();
            assertThat(backends.requests().to(Service.SSM)).isEmpty();
        }
    }

    private SecretException refused(Function<String, SecretValue> token) {
        try (SsmSource source = source();
                SecretSource build = build(source, token)) {
            SecretException why = failed(build.fetch(List.of(A), soon()), A);
            assertThat(backends.requests().to(Service.SSM)).isEmpty();
            return why;
        }
    }

    private SsmSource source() {
        AwsSettings settings = DemoAws.settings(backends.ssm(), backends)
                .withLogin(new AwsLogin.None())
                .withPerBuild(Optional.of(new PerBuild(
                        Optional.of(new PerBuild.WebIdentity(PerBuild.roleArn("roleArn", ROLE), "team", "oidc")),
                        List.of(),
                        Optional.empty())));
        return new SsmSource("ssm", settings, SourceFilter.NONE);
    }

    private static SecretSource build(SecretSource source, Function<String, SecretValue> token) {
        return source.forBuild(new BuildIdentity("", "shop/web", Optional.empty(), "shop/web", 5, (place, id) -> {
                    assertThat(place + ":" + id).isEqualTo("team:oidc");
                    return token.apply("https://ci.example/job/shop/job/web/");
                }))
                .orElseThrow();
    }
}
