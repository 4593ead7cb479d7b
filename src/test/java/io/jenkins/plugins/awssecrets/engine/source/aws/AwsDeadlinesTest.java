package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a call to AWS may take, with the real client over HTTP. */
class AwsDeadlinesTest {
    private final DemoBackends backends =
            DemoBackends.start(Seed.empty().parameter("/ci/a", "value").secret("/ci/a", "value"));

    @AfterEach
    void stop() {
        backends.close();
    }

    private SecretSource source(SourceKind kind) {
        return kind == SourceKind.SSM
                ? new SsmSource("aws", DemoAws.settings(backends.ssm(), backends), SourceFilter.NONE)
                : new SecretsManagerSource(
                        "aws", DemoAws.settings(backends.secretsManager(), backends), SourceFilter.NONE);
    }

    private static Service service(SourceKind kind) {
        return kind == SourceKind.SSM ? Service.SSM : Service.SECRETS_MANAGER;
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void aRefusedConnectionNamesTheEndpoint(SourceKind kind) {
        backends.faults().refuse(service(kind));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(kind)) {
            SecretException why = failed(source.fetch(List.of(locator), soon()), locator);
            assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(why.reason()).contains("refused", "http://127.0.0.1:");
            backends.faults().accept(service(kind));
            assertThat(source.fetch(List.of(locator), soon()).get(locator)).isInstanceOf(Outcome.Found.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void faultsThatPassAreRetried(SourceKind kind) {
        backends.faults().next(1, service(kind), Fault.hangUp());
        backends.faults().next(1, service(kind), Fault.status(500));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(kind)) {
            assertThat(source.fetch(List.of(locator), soon()).get(locator)).isInstanceOf(Outcome.Found.class);
            assertThat(backends.requests().all()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void aServiceThatHangsEndsByTheDeadline(SourceKind kind) {
        backends.faults().inject(service(kind), Fault.latency(Duration.ofMinutes(1)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(kind)) {
            Instant start = Instant.now();
            SecretException why = failed(source.fetch(List.of(locator), Deadline.in(Duration.ofSeconds(1))), locator);
            assertThat(why.problem()).isEqualTo(Problem.TIMEOUT);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aPauseThatOutlastsTheDeadlineIsNotWaitedFor() {
        backends.faults().inject(Service.SSM, Fault.throttled().retryAfter(Duration.ofMinutes(5)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(SourceKind.SSM)) {
            Instant start = Instant.now();
            SecretException why = failed(source.fetch(List.of(locator), soon()), locator);
            assertThat(why.problem()).isEqualTo(Problem.THROTTLED);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(backends.requests().all()).hasSize(1);
        }
    }

    @Test
    void afterASlowDownNoCallIsMadeBeforeTheTimeTheServiceNamed() {
        backends.faults().next(1, Service.SSM, Fault.throttled().retryAfter(Duration.ofSeconds(40)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(SourceKind.SSM)) {
            source.fetch(List.of(locator), soon());
            SecretException why = failed(source.fetch(List.of(locator), soon()), locator);
            assertThat(why.problem()).isEqualTo(Problem.THROTTLED);
            assertThat(why.reason()).contains("throttle");
            assertThat(backends.requests().all()).hasSize(1);
        }
    }

    @Test
    void throttledCallsAreFollowedByFewerASecondAndAllSucceed() {
        Seed seed = Seed.empty();
        for (int i = 0; i < 100; i++) {
            seed = seed.parameter("/ci/" + i, "value");
        }
        try (DemoBackends many = DemoBackends.start(seed);
                SecretSource source = new SsmSource("aws", DemoAws.settings(many.ssm(), many), SourceFilter.NONE)) {
            source.fetch(DemoAws.numbered("aws", "/ci/", 1), soon());
            many.faults().next(3, Service.SSM, Fault.throttled());
            Instant start = Instant.now();
            assertThat(source.fetch(DemoAws.numbered("aws", "/ci/", 100), soon())
                            .values())
                    .hasSize(100)
                    .allMatch(Outcome.Found.class::isInstance);
            // On a busy machine all ten calls may be on their way before the first refusal is read. Then only the three
            // that were refused are spaced, by two gaps of a seventh of a second or more.
            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(15));
        }
    }

    @Test
    void aPauseTheServiceAsksForIsKept() {
        backends.faults().next(1, Service.SSM, Fault.status(503).retryAfter(Duration.ofSeconds(2)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(SourceKind.SSM)) {
            Instant start = Instant.now();
            assertThat(source.fetch(List.of(locator), soon()).get(locator)).isInstanceOf(Outcome.Found.class);
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anInterruptedThreadEndsAtOnceAndStaysInterrupted() throws Exception {
        backends.faults().inject(Service.SSM, Fault.latency(Duration.ofMinutes(1)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(SourceKind.SSM)) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<SecretException> thrown = new CompletableFuture<>();
            Thread build = new Thread(() -> {
                thrown.complete(
                        catchThrowableOfType(SecretException.class, () -> source.fetch(List.of(locator), soon())));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            build.start();
            while (backends.requests().all().isEmpty()) {
                Thread.onSpinWait();
            }
            build.interrupt();
            assertThat(thrown.get().problem()).isEqualTo(Problem.ABORTED);
            assertThat(flag.get()).isTrue();
        }
    }

    @Test
    void anAbortCutsAPauseShortThatTheServiceAskedFor() throws Exception {
        backends.faults().inject(Service.SSM, Fault.status(503).retryAfter(Duration.ofSeconds(25)));
        Locator locator = locator("aws", "/ci/a");
        try (SecretSource source = source(SourceKind.SSM)) {
            CompletableFuture<SecretException> thrown = new CompletableFuture<>();
            Thread build = new Thread(() -> thrown.complete(
                    catchThrowableOfType(SecretException.class, () -> source.fetch(List.of(locator), soon()))));
            build.start();
            while (backends.requests().all().isEmpty()) {
                Thread.onSpinWait();
            }
            Instant start = Instant.now();
            build.interrupt();
            assertThat(thrown.get().problem()).isEqualTo(Problem.ABORTED);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aClosedSourceAbortsWhatIsUnderWayAndLeavesNoThread() throws Exception {
        backends.faults().inject(Service.SSM, Fault.latency(Duration.ofMinutes(1)));
        SecretSource source = source(SourceKind.SSM);
        List<Locator> locators = DemoAws.numbered("aws", "/ci/", 200);
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(SecretException.class, () -> source.fetch(locators, soon())));
        while (backends.requests().all().isEmpty()) {
            Thread.onSpinWait();
        }
        source.close();
        assertThat(thrown.get()).isInstanceOfSatisfying(SecretException.class, why -> assertThat(why.problem())
                .isEqualTo(Problem.ABORTED));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("source aws call")) {
                thread.join(Duration.ofSeconds(10).toMillis());
                assertThat(thread.isAlive()).isFalse();
            }
        }
        assertThat(catchThrowableOfType(SecretException.class, () -> source.list(soon()))
                        .problem())
                .isEqualTo(Problem.ABORTED);
    }
}
