package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.json;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.APPROLE;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.source.vault.AtOnce;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that nobody uses for long, and renewals that nobody should wait for. */
@Timeout(30)
class RenewalTest {
    private static final String RENEW = "POST auth/token/renew-self";
    private static final String LOGIN = "POST auth/approle/login";

    private final MovableClock clock = new MovableClock();
    private final AtOnce background = new AtOnce();
    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @AfterEach
    void stop() {
        vault.close();
    }

    private void givenTokenOfAnHour() {
        vault.on(
                "GET auth/token/lookup-self",
                200,
                "{\"data\":{\"ttl\":3600,\"creation_ttl\":3600,\"renewable\":true}}");
    }

    private void ringIn(Duration expected) {
        assertThat(background.delay()).contains(expected);
        clock.forward(expected);
        background.ring();
    }

    @Test
    void aGivenTokenThatNobodyUsesIsRenewedInTimeAgainAndAgain() {
        givenTokenOfAnHour();
        vault.on(RENEW, 200, "{\"auth\":" + auth("hvs.given", 3600, true) + "}");

        try (VaultSource source = source(vault.url(), TOKEN, clock, background)) {
            found(source, locator("secret/ci/db"));
            for (int i = 0; i < 5; i++) {
                ringIn(Duration.ofSeconds(2401));
            }
            assertThat(vault.seen(RENEW)).hasSize(5);
            found(source, locator("secret/ci/db"));
            assertThat(vault.seen("GET auth/token/lookup-self")).hasSize(1);
        }
    }

    @Test
    void aRenewalThatFailsIsTriedAgainWhileTheTokenLives() {
        givenTokenOfAnHour();
        vault.on(RENEW, 400, "{\"errors\":[\"x\"]}").on(RENEW, 200, "{\"auth\":" + auth("hvs.given", 3600, true) + "}");

        try (VaultSource source = source(vault.url(), TOKEN, clock, background)) {
            found(source, locator("secret/ci/db"));
            ringIn(Duration.ofSeconds(2401));
            ringIn(Duration.ofSeconds(10));
            assertThat(vault.seen(RENEW)).hasSize(2);
            assertThat(background.delay()).contains(Duration.ofSeconds(2401));
        }
    }

    @Test
    void aSourceThatNobodyUsesRenewsYetDoesNotLogInAnew() {
        vault.withLogins(auth("hvs.1", 3600, true), auth("hvs.2", 3600, true))
                .on(RENEW, 200, "{\"auth\":" + auth("hvs.1", 30, true) + "}");

        try (VaultSource source = source(vault.url(), APPROLE, clock, background)) {
            found(source, locator("secret/ci/db"));
            ringIn(Duration.ofSeconds(2401));
            assertThat(vault.seen(RENEW)).hasSize(1);
            assertThat(vault.seen(LOGIN)).hasSize(1);

            clock.forward(Duration.ofHours(1));
            found(source, locator("secret/ci/db"));
            assertThat(vault.seen(LOGIN)).hasSize(2);
        }
    }

    @Test
    void aTokenThatEndsOrCannotBeRenewedIsLeftAlone() {
        vault.withLogins(auth("hvs.1", 3600, false));

        try (VaultSource source = source(vault.url(), APPROLE, clock, background)) {
            found(source, locator("secret/ci/db"));
            assertThat(background.delay()).isEmpty();
        }
    }

    @Test
    void aClosedSourceRenewsNoMore() {
        givenTokenOfAnHour();
        VaultSource source = source(vault.url(), TOKEN, clock, background);
        found(source, locator("secret/ci/db"));
        source.close();

        assertThat(background.delay()).isEmpty();
    }

    @Test
    void aRenewalThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        vault.withLogins(auth("hvs.1", 3600, true)).on(RENEW, exchange -> {
            asked.complete(true);
            end.await(20, TimeUnit.SECONDS);
            json(200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}").answer(exchange);
        });

        try (VaultSource source = source(vault.url(), APPROLE, clock, Background.threads("token"))) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(3000));
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/db"));

            assertThat(asked.get()).isTrue();
            assertThat(end.getCount()).as("the renewal has not ended").isEqualTo(1);
            end.countDown();
        }
    }

    @Test
    void manyWhoUseATokenThatIsDueStartOneRenewal() {
        List<Runnable> begun = new ArrayList<>();
        Background noted = new Background() {
            @Override
            public void now(Runnable work) {
                begun.add(work);
            }

            @Override
            public Runnable later(Duration delay, Runnable work) {
                return () -> {};
            }
        };
        vault.withLogins(auth("hvs.1", 3600, true)).on(RENEW, 200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}");

        try (VaultSource source = source(vault.url(), APPROLE, clock, noted)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(3000));
            for (int i = 0; i < 20; i++) {
                found(source, locator("secret/ci/db"));
            }
            assertThat(begun).hasSize(1);
            begun.remove(0).run();
            found(source, locator("secret/ci/db"));
            assertThat(begun).isEmpty();
            assertThat(vault.seen(RENEW)).hasSize(1);
        }
    }

    @Test
    void whatWaitsInTheBackgroundIsDoneInItsTimeOrForgotten() throws Exception {
        Background threads = Background.threads("token");
        CompletableFuture<String> done = new CompletableFuture<>();
        CompletableFuture<String> forgotten = new CompletableFuture<>();

        Runnable forget = threads.later(
                Duration.ofMillis(20),
                () -> forgotten.complete(Thread.currentThread().getName()));
        forget.run();
        threads.later(
                Duration.ofMillis(30),
                () -> done.complete(Thread.currentThread().getName()));

        assertThat(done.get()).isEqualTo("token");
        assertThat(forgotten).isNotDone();
    }
}
