package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class FaultsTest {
    private final DemoBackends backends =
            DemoBackends.start(Seed.empty().parameter("/a", "value-of-a").secret("a", "value-of-a"));
    private final SsmClient ssm = Clients.ssm(backends.ssm(), Clients.ANYBODY);
    private final SecretsManagerClient secrets = Clients.secretsManager(backends.secretsManager(), Clients.ANYBODY);

    @AfterEach
    void stop() {
        ssm.close();
        secrets.close();
        backends.close();
    }

    private void readParameter() {
        ssm.getParameters(r -> r.names("/a"));
    }

    private HttpResponse<String> health() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(backends.vault() + "/v1/sys/health"))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFaultOfTheNextRequestsEndsWithThem() {
        backends.faults().next(2, Service.SSM, "GetParameters", Fault.throttled());

        assertThatThrownBy(this::readParameter)
                .isInstanceOfSatisfying(SsmException.class, e -> assertThat(e.isThrottlingException())
                        .isTrue());
        assertThatThrownBy(this::readParameter).isInstanceOf(SsmException.class);
        assertThatCode(this::readParameter).doesNotThrowAnyException();
    }

    @Test
    void aFaultTouchesItsOperationAndItsServiceOnly() {
        backends.faults().inject(Service.SECRETS_MANAGER, "BatchGetSecretValue", Fault.denied());

        assertThatThrownBy(() -> secrets.batchGetSecretValue(r -> r.secretIdList("a")))
                .isInstanceOf(SecretsManagerException.class);
        assertThatCode(() -> secrets.getSecretValue(r -> r.secretId("a"))).doesNotThrowAnyException();
        assertThatCode(this::readParameter).doesNotThrowAnyException();
    }

    @Test
    void errorsHaveTheShapeOfTheirServiceAndTheTextThatWasPlanted() throws IOException, InterruptedException {
        backends.faults()
                .inject(
                        Service.SECRETS_MANAGER,
                        Fault.error(Fault.Cause.INTERNAL).saying("canary"));
        backends.faults().inject(Service.STS, Fault.denied().saying("canary"));
        backends.faults()
                .inject(Service.VAULT, Fault.status(473).saying("canary").retryAfter(Duration.ofSeconds(7)));

        assertThatThrownBy(secrets::listSecrets)
                .isInstanceOf(InternalServiceErrorException.class)
                .hasMessageContaining("canary");
        try (StsClient sts = Clients.sts(backends.sts(), Clients.ANYBODY)) {
            assertThatThrownBy(sts::getCallerIdentity).isInstanceOfSatisfying(StsException.class, e -> assertThat(
                            e.awsErrorDetails().errorCode())
                    .isEqualTo("AccessDenied"));
        }
        HttpResponse<String> vault = health();
        assertThat(vault.statusCode()).isEqualTo(473);
        assertThat(vault.body()).isEqualTo("{\"errors\":[\"canary\"]}");
        assertThat(vault.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void vaultSaysWhatItSaysOfItself() throws IOException, InterruptedException {
        backends.faults().inject(Service.VAULT, Fault.status(503));
        assertThat(health().body()).isEqualTo("{\"errors\":[\"Vault is sealed\"]}");
    }

    @Test
    void answersThatAreNoneAreGivenAsTheyAre() {
        backends.faults().next(1, Service.SSM, Fault.malformedJson("canary"));
        assertThatThrownBy(this::readParameter).isInstanceOf(RuntimeException.class);
        backends.faults().next(1, Service.SSM, Fault.wrongContentType("canary"));
        assertThatThrownBy(this::readParameter).isInstanceOf(RuntimeException.class);
        backends.faults().next(1, Service.SSM, Fault.emptyBody());
        assertThat(ssm.getParameters(r -> r.names("/a")).parameters()).isEmpty();
    }

    @Test
    void anOversizedAnswerIsFiveMebibytes() throws IOException, InterruptedException {
        backends.faults().next(1, Service.VAULT, Fault.oversized("canary"));
        assertThat(health().body()).hasSize(5 * 1024 * 1024).contains("canary");
    }

    @Test
    void anAnswerIsCutInTheMiddle() {
        backends.faults().next(1, Service.SSM, Fault.cut());
        assertThatThrownBy(this::readParameter).isInstanceOf(SdkClientException.class);
        assertThatCode(this::readParameter).doesNotThrowAnyException();
    }

    @Test
    void aConnectionEndsWithoutAnAnswer() {
        // Not for the next request alone: the JDK's client tries a GET again by itself.
        backends.faults().inject(Service.VAULT, Fault.hangUp());
        assertThatThrownBy(this::health).isInstanceOf(IOException.class);
    }

    @Test
    void aServiceThatRefusesConnectionsComesBackAtItsAddress() throws IOException, InterruptedException {
        URI before = backends.vault();
        backends.faults().refuse(Service.VAULT);
        assertThatThrownBy(this::health).isInstanceOf(ConnectException.class);

        backends.faults().accept(Service.VAULT);

        assertThat(backends.vault()).isEqualTo(before);
        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void lateAndSlowAnswersRunIntoTheClientsTimeout() {
        backends.faults().next(1, Service.SSM, Fault.latency(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> ssm.getParameters(
                        r -> r.names("/a").overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(200)))))
                .isInstanceOf(ApiCallTimeoutException.class);
        backends.faults().next(1, Service.SSM, Fault.slow(Duration.ofMillis(50)));
        assertThatThrownBy(() -> ssm.getParameters(
                        r -> r.names("/a").overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(200)))))
                .isInstanceOf(ApiCallTimeoutException.class);
    }

    @Test
    void latencyAloneOnlyDelays() {
        backends.faults().next(1, Service.SSM, Fault.latency(Duration.ofMillis(1)));
        assertThatCode(this::readParameter).doesNotThrowAnyException();
    }
}
