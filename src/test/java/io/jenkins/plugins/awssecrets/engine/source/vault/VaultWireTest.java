package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to Vault, and what becomes of answers that break it. */
@Timeout(60)
class VaultWireTest {
    private final ScriptedVault vault = new ScriptedVault();

    @AfterEach
    void stop() {
        vault.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "secret/a b, secret/data/a%20b",
                "secret/büro/ci, secret/data/b%C3%BCro/ci",
                "secret/a#b?c, secret/data/a%23b%3Fc",
                "secret/100%25, secret/data/100%2525",
                "secret/a+b;c=d&e, secret/data/a%2Bb%3Bc%3Dd%26e",
            })
    void pathSegmentsGoOutPercentEncoded(String path, String onTheWire) {
        vault.on(
                        "GET sys/internal/ui/mounts/" + onTheWire.replace("/data", ""),
                        200,
                        "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}")
                .on("GET " + onTheWire, 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}}");

        try (VaultSource source = source(vault.url(), TOKEN)) {
            assertThat(found(source, locator(path)).value().reveal()).isEqualTo("{\"k\":\"v\"}");
        }
    }

    @Test
    void aDecomposedLetterIsNotNormalisedOnTheWay() {
        vault.on(
                        "GET sys/internal/ui/mounts/secret/u%CC%88",
                        200, "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"1\"}}}")
                .on("GET secret/u%CC%88", 200, "{\"data\":{\"k\":\"v\"}}");

        try (VaultSource source = source(vault.url(), TOKEN)) {
            assertThat(found(source, locator("secret/u\u0308")).value().reveal())
                    .isEqualTo("{\"k\":\"v\"}");
        }
    }

    @Test
    void tokenNamespaceAndRequestMarkAreHeaders() {
        vault.withSecret("{\"k\":\"v\"}");
        VaultSettings settings = VaultSettings.of(vault.url(), TOKEN).withNamespace("team/ci");

        try (VaultSource source = source(settings, SourceFilter.NONE, Clock.systemUTC())) {
            found(source, locator("secret/ci/db"));
        }

        ScriptedVault.Seen read = vault.seen("GET secret/data/ci/db").get(0);
        assertThat(read.header("X-Vault-Token")).contains("hvs.given");
        assertThat(read.header("X-Vault-Namespace")).contains("team/ci");
        assertThat(read.header("X-Vault-Request")).contains("true");
    }

    @Test
    void valuesKeepTheirExactSpelling() {
        String members =
                "{ \"big\" : 12345678901234567890.10, \"exp\":1e2, \"nested\":{\"ü\":[1, 2]}, \"e\":\"\\u00fc😀\" }";
        vault.withSecret(members);

        try (VaultSource source = source(vault.url(), TOKEN)) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo(members);
        }
    }

    @Test
    void aPathBelowAReverseProxyIsKept() {
        vault.on("GET /vault/v1/sys/health", 200, "{\"version\":\"1.20.0\"}");

        try (VaultSource source = source(URI.create(vault.url() + "/vault/"), TOKEN)) {
            assertThat(source.check(soon()).get(0).ok()).isTrue();
        }
    }

    @Test
    void theTokenDoesNotFollowARedirectToAnotherHost() {
        try (ScriptedVault other = new ScriptedVault();
                VaultSource source = source(vault.url(), TOKEN)) {
            vault.withSecret("{}").on("GET auth/token/lookup-self", exchange -> {
                exchange.getResponseHeaders().set("Location", other.url() + "/v1/auth/token/lookup-self");
                ScriptedVault.send(exchange, 307, new byte[0]);
            });

            SecretException failure = failure(source, locator("secret/ci/db"));

            assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(failure.getMessage()).contains("redirects to http://127.0.0.1:" + other.port());
            assertThat(other.seen()).isEmpty();
        }
    }

    @Test
    void aRedirectToTheSameOriginIsFollowed() {
        vault.withSecret("{\"k\":\"v\"}");
        vault.on("GET secret/data/ci/other", exchange -> {
            exchange.getResponseHeaders().set("Location", "/v1/secret/data/ci/db");
            ScriptedVault.send(exchange, 307, new byte[0]);
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            assertThat(found(source, locator("secret/ci/other")).value().reveal())
                    .isEqualTo("{\"k\":\"v\"}");
        }
    }

    @Test
    void redirectsInACircleEnd() {
        vault.withSecret("{}").on("GET secret/data/ci/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/v1/secret/data/ci/loop");
            ScriptedVault.send(exchange, 307, new byte[0]);
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            assertThat(failure(source, locator("secret/ci/loop")).problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(vault.seen("GET secret/data/ci/loop")).hasSize(3);
        }
    }

    @Test
    void anAnswerThatTricklesEndsWithTheDeadlineAndItsConnectionIsGivenUp() throws Exception {
        CountDownLatch gaveUp = new CountDownLatch(1);
        vault.withSecret("{}").on("GET secret/data/ci/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(' ');
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (IOException e) {
                gaveUp.countDown();
            }
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = catchThrowableOfType(SecretException.class, () -> {
                var outcomes = source.fetch(List.of(locator("secret/ci/slow")), Deadline.in(Duration.ofMillis(400)));
                throw ((io.jenkins.plugins.awssecrets.engine.source.Outcome.Failed)
                                outcomes.values().iterator().next())
                        .why();
            });
            assertThat(failure.problem()).isEqualTo(Problem.TIMEOUT);
            assertThat(gaveUp.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anInterruptEndsAFetchAtOnceAndIsKept(int secrets) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        vault.withSecret("{}");
        ScriptedVault.Script hang = exchange -> {
            asked.countDown();
            release.await();
        };
        var locators = java.util.stream.IntStream.range(0, secrets)
                .mapToObj(i -> locator("secret/ci/hang" + i))
                .toList();
        locators.forEach(l -> vault.on("GET secret/data/" + l.name().substring("secret/".length()), hang));

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            AtomicReference<SecretException> failure = new AtomicReference<>();
            CompletableFuture<Boolean> kept = new CompletableFuture<>();
            Thread build = new Thread(() -> {
                failure.set(catchThrowableOfType(SecretException.class, () -> source.fetch(locators, soon())));
                kept.complete(Thread.currentThread().isInterrupted());
            });
            build.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            build.interrupt();

            assertThat(kept.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(failure.get().problem()).isEqualTo(Problem.ABORTED);
        } finally {
            release.countDown();
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsNotReadToItsEnd() throws Exception {
        CompletableFuture<Long> written = new CompletableFuture<>();
        vault.withSecret("{}").on("GET secret/data/ci/huge", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            long count = 0;
            byte[] block = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (; count < 512; count++) {
                    out.write(block);
                }
            } catch (IOException e) {
                // The client went away, as it should.
            }
            written.complete(count);
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/huge"));
            assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(failure.getMessage()).contains("more than 4 MiB");
        }
        assertThat(written.get(20, TimeUnit.SECONDS)).isLessThan(512);
        assertThat(vault.seen("GET secret/data/ci/huge")).hasSize(1);
    }

    @Test
    void somethingElseThanVaultIsToldFromASecretThatIsNotThere() {
        vault.withSecret("{}").on("GET secret/data/ci/html", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            ScriptedVault.send(exchange, 404, "<html>nothing here".getBytes(StandardCharsets.UTF_8));
        });

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/html"));
            assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(failure.getMessage()).contains("404 that is not Vault's JSON");
        }
    }

    @Test
    void aPortThatNobodyListensOnIsRefused() {
        URI nobody = vault.url();
        vault.close();

        try (VaultSource source = source(nobody, TOKEN)) {
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(failure.getMessage()).contains(nobody + " refuses the connection");
        }
    }

    @Test
    void anUnknownHostIsToldFromARefusedConnection() {
        try (VaultSource source = source(URI.create("http://vault.invalid:8200"), TOKEN)) {
            assertThat(failure(source, locator("secret/ci/db")).getMessage())
                    .contains("host name in http://vault.invalid:8200 cannot be resolved");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, 503, sealed, vault operator unseal",
        "503, 501, not initialized, vault operator init",
        "500, 429, standby, load balancer",
        "503, 472, disaster recovery secondary, primary cluster",
        "500, 200, server error (500), server's log",
    })
    void theStateOfTheNodeIsToldApart(int status, int health, String state, String fix) {
        vault.withSecret("{}")
                .on("GET secret/data/ci/x", status, "{\"errors\":[\"Vault is sealed\"]}")
                .on("GET sys/health", health, "{\"version\":\"1.21.4\"}");

        try (VaultSource source = source(vault.url(), TOKEN)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/x"));
            assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(failure.reason()).contains(state);
            assertThat(failure.fix()).contains(fix);
        }
    }

    @Test
    void aPathWithDotsNeverReachesVault() {
        try (VaultSource source = source(vault.url(), TOKEN)) {
            assertThat(failure(source, locator("secret/../sys/seal-status")).problem())
                    .isEqualTo(Problem.MALFORMED);
        }
        assertThat(vault.seen()).isEmpty();
    }
}
