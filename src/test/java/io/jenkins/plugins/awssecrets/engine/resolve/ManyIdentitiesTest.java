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
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
        vault:
          tokens: [{ id: maker, policies: [maker] }]
          tokenRoles: { jenkins: { allowedPoliciesGlob: ["jenkins-*"], orphan: true } }
          policies:
            maker: [{ path: auth/token/create/jenkins, capabilities: [update] }]
            jenkins-ci: [{ path: secret/data/ci, capabilities: [read] }]
          mounts: [{ path: secret, secrets: [{ path: ci, data: { k: v } }] }]
        """));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        backends.close();
    }

    @Test
    void noReadIsAnsweredFromAnothersSessionAndEachBuildLogsInOnce() throws Exception {
        buildsAtOnce(new SsmSource("own", settings(), SourceFilter.NONE), SAME);

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

    @Test
    void noReadOfAVaultIsAnsweredToAnothersTokenAndAllTokensAreRevoked() throws Exception {
        ChildTokens tokens = new ChildTokens(
                List.of(ChildTokens.policy("jenkins-ci")), Optional.empty(), Optional.of(ChildTokens.role("jenkins")));
        VaultSettings settings = VaultSettings.of(backends.vault(), new VaultLogin.Token(SecretValue.of("maker")));

        buildsAtOnce(
                new VaultSource("own", settings.withChildTokens("", tokens), SourceFilter.NONE),
                List.of(Reference.parse("own:secret/ci#k")));

        Map<String, Long> two = new HashMap<>();
        Map<String, Long> one = new HashMap<>();
        for (int i = 0; i < BUILDS; i++) {
            String caller = "token-jenkins-" + identity(i).toString().replaceAll("\\W", "-");
            two.put(caller, 2L);
            one.put(caller, 1L);
        }
        assertThat(callers("read")).as("each build reads with its own token").isEqualTo(two);
        assertThat(callers("token")).as("one login a build").isEqualTo(Map.of("token", (long) BUILDS));
        assertThat(callers("revoke-self")).isEqualTo(one);
    }

    private Map<String, Long> callers(String operation) {
        return backends.requests().to(Service.VAULT, operation).stream()
                .collect(Collectors.groupingBy(
                        call -> call.details().getOrDefault("caller", ""), Collectors.counting()));
    }

    /** Each reads twice. */
    private void buildsAtOnce(SecretSource source, List<Reference> names) throws Exception {
        Sources sources = new Sources(List.of(GuardedSource.around(source)));
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
                        resolver.resolve(names, Deadline.in(Duration.ofMinutes(2)));
                        return resolver.resolve(names, Deadline.in(Duration.ofMinutes(2)));
                    } finally {
                        sessions.end();
                        assertThat(sessions.all()).isEmpty();
                    }
                }));
            }
            for (Future<Snapshot> build : builds) {
                assertThat(build.get().payloads()).hasSize(names.size());
            }
        } finally {
            builders.shutdownNow();
        }
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
