package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

class AwsAccessDemoTest {
    private static final Seed SEED = Seed.parse("""
        aws:
          accessKeys:
            - { id: AKIAADMIN, secret: admin-secret, user: admin }
            - { id: AKIAREADER, user: reader, policies: [reader] }
            - { id: AKIAOLD, expired: true }
          roles:
            - arn: arn:aws:iam::123456789012:role/deploy
              externalId: ours
              trusts: ["arn:aws:iam::123456789012:user/admin"]
              policies: [reader]
          policies:
            reader:
              - allow: [ssm:GetParameters]
                on: ["arn:aws:ssm:*:*:parameter/ci/*"]
              - allow: [secretsmanager:BatchGetSecretValue]
              - allow: [secretsmanager:GetSecretValue]
                on: ["arn:aws:secretsmanager:*:*:secret:ci/*"]
              - deny: ["*"]
                on: ["arn:aws:secretsmanager:*:*:secret:ci/forbidden-*"]
          webIdentityTokens: [good-token]
        ssm:
          - { name: /ci/a, value: a }
          - { name: /ci/locked, type: SecureString, value: made-up, key: key/other }
          - { name: /prod/a, value: a }
        secretsManager:
          - { name: ci/a, string: a }
          - { name: ci/forbidden, string: a }
          - { name: prod/a, string: a }
        """);
    private static final AwsCredentials ADMIN = AwsBasicCredentials.create("AKIAADMIN", "admin-secret");
    private static final AwsCredentials READER = AwsBasicCredentials.create("AKIAREADER", "any");
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";

    private final MovableClock clock = new MovableClock();
    private final DemoBackends backends = DemoBackends.start(SEED, clock);

    @AfterEach
    void stop() {
        backends.close();
    }

    private void readParameter(AwsCredentials credentials, String name) {
        try (SsmClient ssm = Clients.ssm(backends.ssm(), credentials)) {
            ssm.getParameters(r -> r.names(name).withDecryption(true));
        }
    }

    private static void assertCode(ThrowingCallable call, String code, String... texts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.requestId()).isNotEmpty();
            for (String text : texts) {
                assertThat(e.awsErrorDetails().errorMessage()).contains(text);
            }
        });
    }

    @Test
    void aSignatureByAnotherSecretIsRefused() {
        assertThatCode(() -> readParameter(ADMIN, "/ci/a")).doesNotThrowAnyException();
        assertCode(
                () -> readParameter(AwsBasicCredentials.create("AKIAADMIN", "other"), "/ci/a"),
                "InvalidSignatureException");
    }

    @Test
    void unknownAndExpiredKeysAreTold() {
        assertCode(
                () -> readParameter(AwsBasicCredentials.create("AKIANOBODY", "any"), "/ci/a"),
                "UnrecognizedClientException");
        assertCode(() -> readParameter(AwsBasicCredentials.create("AKIAOLD", "any"), "/ci/a"), "ExpiredTokenException");
    }

    @Test
    void anUnsignedRequestIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(backends.ssm())
                                .header("X-Amz-Target", "AmazonSSM.GetParameters")
                                .header("Content-Type", "application/x-amz-json-1.1")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"Names\":[\"/ci/a\"]}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("MissingAuthenticationTokenException");
    }

    @Test
    void policiesBoundWhatAKeyMayReadInTheWordsOfIam() {
        assertThatCode(() -> readParameter(READER, "/ci/a")).doesNotThrowAnyException();
        assertCode(
                () -> readParameter(READER, "/prod/a"),
                "AccessDeniedException",
                "User: arn:aws:iam::123456789012:user/reader is not authorized to perform: ssm:GetParameters on"
                        + " resource: arn:aws:ssm:eu-west-1:123456789012:parameter/prod/a because no identity-based"
                        + " policy allows the ssm:GetParameters action");
        assertCode(() -> readParameter(READER, "/ci/locked"), "AccessDeniedException", "kms:Decrypt");
    }

    @Test
    void aBatchOfSecretsIsDeniedOneByOne() {
        try (SecretsManagerClient client = Clients.secretsManager(backends.secretsManager(), READER)) {
            assertThat(client.batchGetSecretValue(r -> r.secretIdList("ci/a", "prod/a", "ci/forbidden"))
                            .errors())
                    .allSatisfy(e -> assertThat(e.errorCode()).isEqualTo("AccessDeniedException"))
                    .extracting(e -> e.secretId() + " " + e.message().contains("explicit deny"))
                    .containsExactly("prod/a false", "ci/forbidden true");
            assertCode(client::listSecrets, "AccessDeniedException", "secretsmanager:ListSecrets");
        }
    }

    @Test
    void anAssumedRolesCredentialsWorkUntilTheyExpire() {
        try (StsClient sts = Clients.sts(backends.sts(), ADMIN)) {
            Credentials given = sts.assumeRole(
                            r -> r.roleArn(ROLE).roleSessionName("job-7").externalId("ours"))
                    .credentials();
            AwsCredentials session =
                    AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());

            try (StsClient asRole = Clients.sts(backends.sts(), session)) {
                assertThat(asRole.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/job-7");
            }
            assertThatCode(() -> readParameter(session, "/ci/a")).doesNotThrowAnyException();
            assertCode(() -> readParameter(session, "/prod/a"), "AccessDeniedException", "assumed-role/deploy/job-7");
            clock.forward(Duration.ofHours(1));
            assertCode(() -> readParameter(session, "/ci/a"), "ExpiredTokenException");
        }
        assertThat(backends.requests().to(Service.STS, "AssumeRole").get(0).details())
                .containsEntry("RoleSessionName", "job-7");
    }

    @Test
    void aRoleIsForThoseItTrustsWithTheRightExternalId() {
        try (StsClient admin = Clients.sts(backends.sts(), ADMIN);
                StsClient reader = Clients.sts(backends.sts(), READER)) {
            assertCode(() -> admin.assumeRole(r -> r.roleArn(ROLE).roleSessionName("job-7")), "AccessDenied");
            assertCode(
                    () -> reader.assumeRole(
                            r -> r.roleArn(ROLE).roleSessionName("job-7").externalId("ours")),
                    "AccessDenied",
                    "sts:AssumeRole");
        }
    }

    @Test
    void aWebIdentityNeedsNoKeyAndAGoodToken() {
        try (StsClient sts = Clients.sts(backends.sts(), Clients.ANYBODY)) {
            assertThat(sts.assumeRoleWithWebIdentity(r ->
                                    r.roleArn(ROLE).roleSessionName("job-7").webIdentityToken("good-token"))
                            .credentials()
                            .sessionToken())
                    .isNotEmpty();
            assertCode(
                    () -> sts.assumeRoleWithWebIdentity(
                            r -> r.roleArn(ROLE).roleSessionName("job-7").webIdentityToken("other")),
                    "InvalidIdentityToken");
        }
    }
}
