package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request is sent to Vault once more, and how long before. */
@Timeout(60)
class VaultRetryTest {
    private final ScriptedVault vault = new ScriptedVault();

    @AfterEach
    void stop() {
        vault.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {412, 429, 500, 502, 503, 504})
    void aPassingServerErrorIsTriedAgainWithGrowingPauses(int status) {
        vault.withSecret("{\"k\":\"v\"}");
        vault.on("GET secret/data/ci/flaky", status, "{\"errors\":[\"x\"]}")
                .on("GET secret/data/ci/flaky", status, "{\"errors\":[\"x\"]}")
                .on("GET secret/data/ci/flaky", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}");
        List<Duration> pauses = new CopyOnWriteArrayList<>();

        try (VaultSource source = patient(pauses)) {
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/flaky"));
        }

        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void theServersOwnPauseIsKeptWhenItIsLonger() {
        vault.withSecret("{\"k\":\"v\"}").on("GET secret/data/ci/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            ScriptedVault.send(exchange, 429, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
        });
        List<Duration> pauses = new CopyOnWriteArrayList<>();

        try (VaultSource source = patient(pauses)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/busy"));
            assertThat(failure.problem()).isEqualTo(Problem.THROTTLED);
        }

        assertThat(pauses).hasSize(2).allSatisfy(pause -> assertThat(pause)
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8)));
    }

    @Test
    void thereIsNoSecondAttemptWhenTheServersPauseWouldMissTheDeadline() {
        vault.withSecret("{}").on("GET secret/data/ci/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "25");
            ScriptedVault.send(exchange, 429, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            assertThat(failure(source, locator("secret/ci/busy")).problem()).isEqualTo(Problem.THROTTLED);
        }
        assertThat(vault.seen("GET secret/data/ci/busy")).hasSize(1);
    }

    @Test
    void afterASlowDownAllRequestsOfTheSourceWaitForTheTimeTheServerNamed() {
        vault.withSecret("{\"k\":\"v\"}").on("GET secret/data/ci/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "25");
            ScriptedVault.send(exchange, 429, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            failure(source, locator("secret/ci/busy"));
            SecretException why = failure(source, locator("secret/ci/db"));
            assertThat(why.problem()).isEqualTo(Problem.THROTTLED);
            assertThat(why.reason()).contains("throttle");
        }
        assertThat(vault.seen("GET secret/data/ci/db")).as("before the 429").hasSize(1);
    }

    @Test
    void anAbortCutsAPauseShortThatTheServerAskedFor() throws Exception {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        vault.withSecret("{}").on("GET secret/data/ci/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "15");
            ScriptedVault.send(exchange, 503, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
            asked.complete(true);
        });

        try (VaultSource source = new VaultSource("vault", VaultSettings.of(vault.url(), TOKEN), SourceFilter.NONE)) {
            found(source, locator("secret/ci/db"));
            CompletableFuture<SecretException> thrown = new CompletableFuture<>();
            Thread build = new Thread(() -> thrown.complete(failure(source, locator("secret/ci/busy"))));
            build.start();
            asked.get();
            long start = System.nanoTime();
            build.interrupt();
            assertThat(thrown.get().problem()).isEqualTo(Problem.ABORTED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private VaultSource patient(List<Duration> pauses) {
        return VaultUnderTest.source(
                VaultSettings.of(vault.url(), TOKEN), SourceFilter.NONE, Clock.systemUTC(), pauses);
    }
}
