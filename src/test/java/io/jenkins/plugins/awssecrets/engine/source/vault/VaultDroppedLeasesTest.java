package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dynamic secrets that were made for a build which does not get them, at a Vault whose token outlives the build. */
@Timeout(60)
class VaultDroppedLeasesTest {
    private static final int MORE_THAN_AT_ONCE = ParallelReads.AT_ONCE + 1;

    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
            vault:
              rootToken: root
              mounts:
                - {path: secret, type: kv, version: 2}
                - {path: database, type: database, roles: {%s}}
            """.formatted(roles())));
    private final VaultSource vault = source(backends.vault(), new VaultLogin.Token(SecretValue.of("root")));

    private static String roles() {
        return IntStream.rangeClosed(1, MORE_THAN_AT_ONCE)
                .mapToObj(i -> "r" + i + ": {ttl: 1h, fields: {password: \"{{random}}\"}}")
                .collect(Collectors.joining(", "));
    }

    @AfterEach
    void stop() {
        vault.close();
        backends.close();
    }

    @Test
    void aMissingSecretBesideThemRevokesThem() {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            assertThatThrownBy(() -> new Resolver(new Sources(List.of(vault)), executor)
                            .resolve(
                                    List.of(
                                            Reference.parse("vault:database/creds/r1#password"),
                                            Reference.parse("vault:secret/ci/gone#k")),
                                    soon()))
                    .hasMessageContaining("vault:secret/ci/gone");
        } finally {
            executor.shutdownNow();
        }

        assertThat(revocations()).isEqualTo(1);
    }

    @Test
    void anAbortInTheMiddleOfABatchRevokesThoseThatWereReadAlready() throws Exception {
        // More than are read at once: that the last one is asked for shows that one of the others was read.
        List<Locator> batch = IntStream.rangeClosed(1, MORE_THAN_AT_ONCE)
                .mapToObj(i -> locator("database/creds/r" + i))
                .toList();
        backends.faults().next(ParallelReads.AT_ONCE - 1, Service.VAULT, "read", Fault.latency(Duration.ofMinutes(5)));
        AtomicReference<SecretException> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                vault.fetch(batch, soon());
            } catch (SecretException e) {
                thrown.set(e);
            }
        });
        build.start();
        while (backends.requests().count(Service.VAULT, "read") < MORE_THAN_AT_ONCE) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }

        build.interrupt();
        build.join();

        assertThat(thrown.get().problem()).isEqualTo(Problem.ABORTED);
        assertThat(revocations()).isPositive();
    }

    private long revocations() {
        return backends.requests().count(Service.VAULT, "lease-revoke");
    }
}
