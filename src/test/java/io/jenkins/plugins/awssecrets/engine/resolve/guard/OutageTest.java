package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker.Phase;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One source is down while builds go on; requests are counted. */
@Timeout(60)
class OutageTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        ssm: [{ name: /ci/a, value: value }]
        vault:
          rootToken: root
          mounts: [{ path: secret, type: kv, version: 2, secrets: [{ path: ci/a, data: { k: value } }] }]
        """));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MovableClock time = new MovableClock();
    private final GuardedSource ssm = GuardedSource.around(
            new SsmSource(
                    "ssm",
                    AwsSettings.DEFAULTS
                            .withRegion("eu-west-1")
                            .withEndpoint(backends.ssm())
                            .withLogin(new AwsLogin.StaticKeys("AKIADEMO", SecretValue.of("any"), Optional.empty())),
                    SourceFilter.NONE),
            new Breaker("source ssm", time));
    private final Sources sources = new Sources(List.of(
            ssm,
            GuardedSource.around(new VaultSource(
                    "vault",
                    VaultSettings.of(backends.vault(), new VaultLogin.Token(SecretValue.of("root"))),
                    SourceFilter.NONE))));
    private final Resolver resolver = new Resolver(sources, threads);

    @AfterEach
    void stop() {
        sources.close();
        threads.shutdownNow();
        backends.close();
    }

    private Optional<SecretException> build(String reference) {
        return Optional.ofNullable(catchThrowableOfType(
                SecretException.class,
                () -> resolver.resolve(List.of(Reference.parse(reference)), Deadline.in(Duration.ofSeconds(20)))));
    }

    @Test
    void buildsFailAtOnceTheBackendIsLeftAloneOtherSourcesServeAndRecoveryNeedsNobody() {
        backends.faults().inject(Service.SSM, Fault.status(503));
        for (int i = 0; i < 3; i++) {
            assertThat(build("ssm:/ci/a").orElseThrow().problem()).isEqualTo(Problem.UNREACHABLE);
        }
        int requests = backends.requests().to(Service.SSM).size();
        assertThat(requests).as("three calls of three attempts").isEqualTo(9);

        Instant start = Instant.now();
        for (int i = 0; i < 200; i++) {
            assertThat(build("ssm:/ci/a").orElseThrow().reason()).startsWith("paused after");
            assertThat(build("vault:secret/ci/a#k")).isEmpty();
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(backends.requests().to(Service.SSM)).hasSize(requests);

        backends.faults().clear();
        time.forward(Duration.ofSeconds(5));
        assertThat(build("ssm:/ci/a")).isEmpty();
        assertThat(ssm.state().phase()).isEqualTo(Phase.CLOSED);
        assertThat(build("ssm:/ci/a")).isEmpty();
    }

    @Test
    void namesThatAreMissingOrDeniedNeverStopTheCalls() {
        for (int i = 0; i < 20; i++) {
            assertThat(build("ssm:/ci/none").orElseThrow().problem()).isEqualTo(Problem.NOT_FOUND);
        }
        backends.faults().inject(Service.SSM, Fault.denied());
        for (int i = 0; i < 20; i++) {
            assertThat(build("ssm:/ci/a").orElseThrow().problem()).isEqualTo(Problem.DENIED);
        }
        backends.faults().clear();

        assertThat(build("ssm:/ci/a")).isEmpty();
        assertThat(ssm.state().failures()).isZero();
    }
}
