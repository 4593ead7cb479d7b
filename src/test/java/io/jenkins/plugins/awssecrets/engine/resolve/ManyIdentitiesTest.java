package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand concurrent builds of ten identities ask for the same names; what each was answered by is seen at the wire. */
@Timeout(180)
class ManyIdentitiesTest {
    private static final int BUILDS = 1_000;
    private static final int IDENTITIES = 10;
    private static final List<Reference> SAME =
            List.of(Reference.parse("own:/ci/a"), Reference.parse("own:/ci/b"), Reference.parse("own:/ci/c"));

    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        aws:
          roles: [{ arn: "arn:aws:iam::123456789012:role/build" }]
        ssm: [{ name: /ci/a, value: one }, { name: /ci/b, value: two }, { name: /ci/c, value: three }]
        """));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        backends.close();
    }

    @Test
    void noReadIsAnsweredFromAnothersSessionAndEachBuildLogsInOnce() throws Exception {
        SecretSource source = GuardedSource.around(new SsmSource("own", settings(), SourceFilter.NONE));
        Sources sources = new Sources(List.of(source));
        CyclicBarrier together = new CyclicBarrier(BUILDS);
        ExecutorService builders = Executors.newFixedThreadPool(BUILDS);
        try (sources) {
            List<Future<Snapshot>> builds = new ArrayList<>();
            for (int i = 0; i < BUILDS; i++) {
                BuildSessions sessions = new BuildSessions(identity(i));
                builds.add(builders.submit(() -> {
                    together.await(1, TimeUnit.MINUTES);
                    try {
                        Resolver resolver = new Resolver(sources, threads, sessions::of);
                        resolver.resolve(SAME, Deadline.in(Duration.ofMinutes(2)));
                        return resolver.resolve(SAME, Deadline.in(Duration.ofMinutes(2)));
                    } finally {
                        sessions.end();
                        assertThat(sessions.all()).isEmpty();
                    }
                }));
            }
            for (Future<Snapshot> build : builds) {
                assertThat(build.get().payloads()).hasSize(3);
            }
        } finally {
            builders.shutdownNow();
        }

        List<RecordedRequest> logins = backends.requests().to(Service.STS);
        assertThat(logins).as("one login a build").hasSize(BUILDS);
        Set<String> jobs = new TreeSet<>();
        logins.forEach(login -> jobs.add(login.details().get("jenkins-job")));
        assertThat(jobs).hasSize(IDENTITIES);
        Map<String, Long> readsByKey = backends.requests().to(Service.SSM).stream()
                .collect(Collectors.groupingBy(read -> read.details().get("accessKeyId"), Collectors.counting()));
        assertThat(readsByKey)
                .as("each build reads with the key of its own session")
                .hasSize(BUILDS);
        assertThat(readsByKey.values())
                .as("and nothing was read for it by another")
                .containsOnly(2L);
        assertThat(readsByKey).doesNotContainKey("AKIADEMO");
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("source own call"))
                        .count())
                .as("threads of the source's own, shared by all builds")
                .isLessThanOrEqualTo(8);
    }

    private AwsSettings settings() {
        return AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withEndpoint(backends.ssm())
                .withStsEndpoint(backends.sts())
                .withLogin(new AwsLogin.StaticKeys("AKIADEMO", SecretValue.of("any"), Optional.empty()))
                .withPerBuild(Optional.of(new PerBuild(
                        Optional.empty(),
                        List.of(),
                        Optional.of(new PerBuild.Role(
                                PerBuild.roleArn("roleArn", "arn:aws:iam::123456789012:role/build"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                false)))));
    }

    private static BuildIdentity identity(int number) {
        String job = "team" + number % IDENTITIES + "/job";
        return new BuildIdentity("", job, Optional.empty(), job, number, (place, id) -> SecretValue.of("none"));
    }
}
