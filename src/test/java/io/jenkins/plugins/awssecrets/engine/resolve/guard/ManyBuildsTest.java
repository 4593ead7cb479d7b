package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand builds begin at one moment and ask for the same 50 references of each source; requests are counted. */
@Timeout(120)
class ManyBuildsTest {
    private static final int BUILDS = 1_000;
    private static final int REFERENCES = 50;

    private final DemoBackends backends = DemoBackends.start(seed());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Sources sources = new Sources(List.of(
            guarded(new SsmSource("ssm", aws(backends.ssm()), SourceFilter.NONE)),
            guarded(new SecretsManagerSource("sm", aws(backends.secretsManager()), SourceFilter.NONE)),
            guarded(new VaultSource(
                    "vault",
                    VaultSettings.of(backends.vault(), new VaultLogin.Token(SecretValue.of("root"))),
                    SourceFilter.NONE))));

    /** Behind the guard nothing begins before every build is in front of it, however busy the machine is. */
    private static SecretSource guarded(SecretSource source) {
        CountDownLatch all = new CountDownLatch(BUILDS);
        return new Passing(GuardedSource.around(new Passing(source, () -> await(all))), all::countDown);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        sources.close();
        threads.shutdownNow();
        backends.close();
    }

    @Test
    void aThousandConcurrentResolvesOfTheSameReferencesAreOneBatchASource() throws Exception {
        List<Reference> references = references();
        for (Service service : List.of(Service.SSM, Service.SECRETS_MANAGER, Service.VAULT)) {
            backends.faults().next(1, service, Fault.latency(Duration.ofSeconds(1)));
        }
        List<Future<Snapshot>> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            builds.add(threads.submit(
                    () -> new Resolver(sources, threads).resolve(references, Deadline.in(Duration.ofSeconds(60)))));
        }

        for (Future<Snapshot> build : builds) {
            Snapshot snapshot = build.get();
            assertThat(snapshot.payloads()).hasSize(3 * REFERENCES);
            assertThat(snapshot.value(Reference.parse("vault:secret/ci/n49#k"), false, false)
                            .reveal())
                    .isEqualTo("v49");
        }
        assertThat(backends.requests().to(Service.SSM)).as("10 names a call").hasSize(5);
        assertThat(backends.requests().to(Service.SECRETS_MANAGER))
                .as("20 secrets a call")
                .hasSize(3);
        assertThat(backends.requests().count(Service.VAULT, "read"))
                .as("a path a call")
                .isEqualTo(REFERENCES);
        assertThat(backends.requests().to(Service.VAULT))
                .as("besides, the token and the mount are looked up")
                .hasSize(REFERENCES + 2);
    }

    private static List<Reference> references() {
        return IntStream.range(0, REFERENCES)
                .boxed()
                .flatMap(i -> List.of("ssm:/ci/n" + i, "sm:ci/n" + i, "vault:secret/ci/n" + i + "#k").stream())
                .map(Reference::parse)
                .toList();
    }

    private static Seed seed() {
        StringBuilder yaml = new StringBuilder("ssm:\n");
        IntStream.range(0, REFERENCES).forEach(i -> yaml.append("  - { name: /ci/n%d, value: v%d }\n".formatted(i, i)));
        yaml.append("secretsManager:\n");
        IntStream.range(0, REFERENCES).forEach(i -> yaml.append("  - { name: ci/n%d, string: v%d }\n".formatted(i, i)));
        yaml.append("vault:\n  rootToken: root\n  mounts:\n    - path: secret\n      type: kv\n      version: 2\n"
                + "      secrets:\n");
        IntStream.range(0, REFERENCES)
                .forEach(i -> yaml.append("        - { path: ci/n%d, data: { k: v%d } }\n".formatted(i, i)));
        return Seed.parse(yaml.toString());
    }

    private static AwsSettings aws(URI endpoint) {
        return AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withEndpoint(endpoint)
                .withLogin(new AwsLogin.StaticKeys("AKIADEMO", SecretValue.of("any"), Optional.empty()));
    }

    /** Does something before each fetch. */
    private record Passing(SecretSource source, Runnable before) implements SecretSource {
        @Override
        public String id() {
            return source.id();
        }

        @Override
        public SourceKind kind() {
            return source.kind();
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            before.run();
            return source.fetch(locators, deadline);
        }

        @Override
        public List<SecretMetadata> list(Deadline deadline) {
            return source.list(deadline);
        }

        @Override
        public List<SourceCheck> check(Deadline deadline) {
            return source.check(deadline);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
