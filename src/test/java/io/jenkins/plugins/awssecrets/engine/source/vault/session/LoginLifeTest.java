package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.APPROLE;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.vault.AtOnce;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source tells of its own login's end. */
@Timeout(30)
class LoginLifeTest {
    private final MovableClock clock = new MovableClock();
    private final Instant start = clock.instant();
    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void givenTokenOfAFixedLifeEnds() {
        givenToken(3600, false);

        try (VaultSource source = source(vault.url(), TOKEN, clock, new AtOnce())) {
            assertThat(source.login()).as("before the first login").isEmpty();
            found(source, locator("secret/ci/db"));

            assertThat(source.login()).contains(new LoginLife("the configured token", start.plusSeconds(3600), false));
        }
    }

    @Test
    void givenTokenThatDoesNotEndHasNoEnd() {
        givenToken(0, false);

        try (VaultSource source = source(vault.url(), TOKEN, clock, new AtOnce())) {
            found(source, locator("secret/ci/db"));

            assertThat(source.login()).isEmpty();
        }
    }

    @Test
    void givenTokenIsRenewableUntilARenewalGivesLittle() {
        givenToken(3600, true);
        vault.on("POST auth/token/renew-self", 200, "{\"auth\":" + auth("hvs.given", 30, true) + "}");
        AtOnce background = new AtOnce();

        try (VaultSource source = source(vault.url(), TOKEN, clock, background)) {
            found(source, locator("secret/ci/db"));
            assertThat(source.login())
                    .hasValueSatisfying(life -> assertThat(life.renewable()).isTrue());

            clock.forward(Duration.ofSeconds(2401));
            background.ring();

            assertThat(source.login()).contains(new LoginLife("the configured token", start.plusSeconds(2431), false));
        }
    }

    @Test
    void loginThatCanBeRepeatedIsRenewable() {
        vault.withLogins(auth("hvs.1", 3600, false));

        try (VaultSource source = source(vault.url(), APPROLE, clock, new AtOnce())) {
            found(source, locator("secret/ci/db"));

            assertThat(source.login())
                    .hasValueSatisfying(life -> assertThat(life.renewable()).isTrue());
        }
    }

    private void givenToken(int seconds, boolean renewable) {
        vault.on(
                "GET auth/token/lookup-self",
                200,
                "{\"data\":{\"ttl\":" + seconds + ",\"creation_ttl\":" + seconds + ",\"renewable\":" + renewable
                        + "}}");
    }
}
