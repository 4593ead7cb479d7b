package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code BatchGetSecretValue} is throttled at 100 calls a second, {@code GetSecretValue} at 10,000. */
@Timeout(120)
class ThrottledBatchesTest {
    private static final int BUILDS = 1_000;
    private static final List<Locator> TWO = List.of(locator("ci/one"), locator("ci/two"));

    private final DemoBackends backends =
            DemoBackends.start(Seed.empty().secret("ci/one", "1").secret("ci/two", "2"));
    private final SecretsManagerSource source = new SecretsManagerSource(
            "sm",
            AwsSettings.DEFAULTS
                    .withRegion("eu-west-1")
                    .withEndpoint(backends.secretsManager())
                    .withLogin(new AwsLogin.StaticKeys("demo", SecretValue.of("demo"), Optional.empty())),
            SourceFilter.NONE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        source.close();
        threads.shutdownNow();
        backends.close();
    }

    @Test
    void aThousandThrottledBatchesAreSingleReads() throws Exception {
        backends.faults().inject(Service.SECRETS_MANAGER, "BatchGetSecretValue", Fault.throttled());
        backends.faults().next(3, Service.SECRETS_MANAGER, "GetSecretValue", Fault.throttled());
        List<Future<Map<Locator, Outcome>>> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            builds.add(threads.submit(() -> source.fetch(TWO, Deadline.in(Duration.ofSeconds(90)))));
        }

        for (Future<Map<Locator, Outcome>> build : builds) {
            assertThat(build.get()).hasSize(2).allSatisfy((locator, outcome) -> assertThat(outcome)
                    .isInstanceOf(Outcome.Found.class));
        }
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "GetSecretValue"))
                .as("each secret once a build, and what was throttled again")
                .isBetween(2 * BUILDS, 2 * BUILDS + 10);
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .as("once throttled, batches go no faster than their pace")
                .isLessThan(BUILDS);
    }

    @Test
    void oneThrottledBatchIsNotRepeated() {
        backends.faults().next(1, Service.SECRETS_MANAGER, "BatchGetSecretValue", Fault.throttled());

        assertThat(source.fetch(TWO, Deadline.in(Duration.ofSeconds(30))).values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Found.class));
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isEqualTo(1);
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "GetSecretValue"))
                .isEqualTo(2);
    }

    @Test
    void aBatchThatFailsOtherwiseIsTriedAgain() {
        backends.faults().next(1, Service.SECRETS_MANAGER, "BatchGetSecretValue", Fault.hangUp());

        assertThat(source.fetch(TWO, Deadline.in(Duration.ofSeconds(30))).values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Found.class));
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isEqualTo(2);
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "GetSecretValue"))
                .isZero();
    }

    private static Locator locator(String name) {
        return new Locator("sm", name, Optional.empty());
    }
}
