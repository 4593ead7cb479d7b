package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.json;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.APPROLE;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a token, by a clock that is moved. */
@Timeout(60)
class SessionTest {
    private static final String DENIED = "{\"errors\":[\"permission denied\"]}";
    private static final String READ = "GET secret/data/ci/db";

    private final MovableClock clock = new MovableClock();
    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void concurrentCallersShareOneLogin() throws Exception {
        CountDownLatch others = new CountDownLatch(15);
        vault.on("POST auth/approle/login", exchange -> {
            others.await(20, TimeUnit.SECONDS);
            json(200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}").answer(exchange);
        });
        ExecutorService builds = Executors.newFixedThreadPool(16);

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            List<Future<?>> fetches = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                fetches.add(builds.submit(() -> {
                    others.countDown();
                    return found(source, locator("secret/ci/db"));
                }));
            }
            for (Future<?> fetch : fetches) {
                fetch.get(30, TimeUnit.SECONDS);
            }
            assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
        } finally {
            builds.shutdownNow();
        }
    }

    @Test
    void aTokenIsRenewedWhenLessThanAThirdOfItsLifeIsLeft() {
        vault.withLogins(auth("hvs.1", 3600, true))
                .on("POST auth/token/renew-self", 200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(2400));
            found(source, locator("secret/ci/db"));
            assertThat(vault.seen("POST auth/token/renew-self")).isEmpty();

            clock.forward(Duration.ofSeconds(1));
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/db"));
        }

        assertThat(vault.seen("POST auth/token/renew-self")).hasSize(1);
        assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
    }

    @Test
    void aTokenThatCannotBeRenewedIsFollowedByANewLoginBeforeItEnds() {
        vault.withLogins(auth("hvs.1", 3600, false), auth("hvs.2", 3600, false));

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(2401));
            found(source, locator("secret/ci/db"));

            assertThat(tokensOf(READ)).containsExactly("hvs.1", "hvs.2");
            assertThat(vault.seen("POST auth/token/revoke-self")).isEmpty();
        }
        assertThat(tokensOf("POST auth/token/revoke-self")).containsExactlyInAnyOrder("hvs.1", "hvs.2");
    }

    @Test
    void aRenewalThatGivesLittleBecauseTheMaximumIsNearLeadsToANewLogin() {
        vault.withLogins(auth("hvs.1", 3600, true), auth("hvs.2", 3600, true))
                .on("POST auth/token/renew-self", 200, "{\"auth\":" + auth("hvs.1", 600, true) + "}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(3000));
            found(source, locator("secret/ci/db"));
        }

        assertThat(tokensOf(READ)).containsExactly("hvs.1", "hvs.2");
    }

    @Test
    void anOutageWhileRenewingDoesNotLoseAValidTokenAndIsNotHammered() {
        vault.withLogins(auth("hvs.1", 3600, true)).on("POST auth/token/renew-self", 500, "{\"errors\":[]}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(3000));
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/db"));

            assertThat(vault.seen("POST auth/token/renew-self")).hasSize(3);
            clock.forward(Duration.ofSeconds(10));
            found(source, locator("secret/ci/db"));
            assertThat(vault.seen("POST auth/token/renew-self")).hasSize(6);
        }
    }

    @Test
    void aTokenThatEndedIsNotUsedEvenWhenTheLoginFails() {
        vault.withLogins(auth("hvs.1", 60, false))
                .on("POST auth/approle/login", 400, "{\"errors\":[\"invalid role or secret ID\"]}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(60));
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        }
        assertThat(tokensOf(READ)).containsExactly("hvs.1");
    }

    @Test
    void aGivenTokenIsRenewedYetNeverRevoked() {
        vault.on("GET auth/token/lookup-self", 200, "{\"data\":{\"ttl\":900,\"creation_ttl\":3600,\"renewable\":true}}")
                .on("POST auth/token/renew-self", 200, "{\"auth\":" + auth("hvs.given", 3600, true) + "}");

        try (VaultSource source = source(vault.url(), TOKEN, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(11));
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/db"));
        }

        assertThat(vault.seen("POST auth/token/renew-self")).hasSize(1);
        assertThat(vault.seen("POST auth/token/revoke-self")).isEmpty();
    }

    @Test
    void aGivenTokenThatMayNotLookItselfUpIsUsedAllTheSame() {
        vault.on("GET auth/token/lookup-self", 403, DENIED);

        try (VaultSource source = source(vault.url(), TOKEN, clock)) {
            assertThat(found(source, locator("secret/ci/db")).version()).contains("3");
        }
    }

    @Test
    void closingRevokesInAnInterruptedThreadToo() {
        vault.withLogins(auth("hvs.1", 3600, true));
        VaultSource source = source(vault.url(), APPROLE, clock);
        found(source, locator("secret/ci/db"));

        Thread.currentThread().interrupt();
        source.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tokensOf("POST auth/token/revoke-self")).containsExactly("hvs.1");
    }

    @Test
    void aClosedSourceDoesNotLogInAgain() {
        vault.withLogins(auth("hvs.1", 3600, true));
        VaultSource source = source(vault.url(), APPROLE, clock);
        found(source, locator("secret/ci/db"));
        source.close();

        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.ABORTED);
        assertThat(failure(source, locator("other/x")).problem()).isEqualTo(Problem.ABORTED);
        assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
    }

    @Test
    void aTokenWhoseLoginWasUnderWayAtTheEndIsRevoked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        vault.on("POST auth/approle/login", exchange -> {
            asked.countDown();
            closed.await(20, TimeUnit.SECONDS);
            json(200, "{\"auth\":" + auth("hvs.late", 3600, true) + "}").answer(exchange);
        });
        VaultSource source = source(vault.url(), APPROLE, clock);
        ExecutorService build = Executors.newSingleThreadExecutor();
        try {
            Future<SecretException> fetch = build.submit(() -> failure(source, locator("secret/ci/db")));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            source.close();
            closed.countDown();
            assertThat(fetch.get(20, TimeUnit.SECONDS).problem()).isEqualTo(Problem.ABORTED);
            assertThat(tokensOf("POST auth/token/revoke-self")).containsExactly("hvs.late");
        } finally {
            build.shutdownNow();
        }
    }

    @Test
    void whoWaitsForAnothersLoginIsNotHitByItsAbort() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        vault.on("POST auth/approle/login", exchange -> {
                    asked.countDown();
                    new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                })
                .withLogins(auth("hvs.2", 3600, true));
        ExecutorService builds = Executors.newFixedThreadPool(2);
        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            Future<SecretException> aborted = builds.submit(() -> failureWithin(Duration.ofMillis(600), source));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            Future<?> patient = builds.submit(() -> found(source, locator("secret/ci/db")));

            assertThat(aborted.get(20, TimeUnit.SECONDS).problem()).isEqualTo(Problem.TIMEOUT);
            patient.get(20, TimeUnit.SECONDS);
        } finally {
            builds.shutdownNow();
        }
    }

    private static SecretException failureWithin(Duration budget, VaultSource source) {
        return catchThrowableOfType(
                SecretException.class, () -> source.fetch(List.of(locator("secret/ci/db")), Deadline.in(budget)));
    }

    private List<String> tokensOf(String request) {
        return vault.seen(request).stream()
                .map(seen -> seen.header("X-Vault-Token").orElse("none"))
                .toList();
    }
}
