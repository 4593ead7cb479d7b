package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.APPROLE;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a denial says of a token, by a clock that is moved: whether it ended, or a policy is missing. */
@Timeout(60)
class DeniedTokenTest {
    private static final String DENIED = "{\"errors\":[\"permission denied\"]}";
    private static final String READ = "GET secret/data/ci/db";

    private final MovableClock clock = new MovableClock();
    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void afterADenialThereIsOneNewLoginAndTheReadIsTriedOnceMore() {
        vault.withLogins(auth("hvs.1", 3600, true), auth("hvs.2", 3600, true))
                .on(READ, 403, DENIED)
                .on(READ, 200, "{\"data\":{\"data\":{\"k\":\"new\"},\"metadata\":{\"version\":4}}}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(60));
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"new\"}");
        }

        assertThat(vault.seen(READ))
                .extracting(seen -> seen.header("X-Vault-Token").orElseThrow())
                .containsExactly("hvs.1", "hvs.1", "hvs.2");
        assertThat(vault.seen("POST auth/approle/login")).hasSize(2);
    }

    @Test
    void aYoungTokenThatIsStillValidIsNotReplacedForAPolicyThatDenies() {
        vault.withLogins(auth("hvs.1", 3600, true))
                .on("GET secret/data/ci/secret", 403, DENIED)
                .on("GET auth/token/lookup-self", 200, "{\"data\":{\"ttl\":3600}}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/secret"));
            assertThat(failure.problem()).isEqualTo(Problem.DENIED);
            assertThat(failure.fix()).isEqualTo("grant the token's policies read on secret/data/ci/secret");
        }
        assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
    }

    @Test
    void aYoungTokenThatWasRevokedIsReplaced() {
        vault.withLogins(auth("hvs.1", 3600, true), auth("hvs.2", 3600, true))
                .on("GET secret/data/ci/late", 403, DENIED)
                .on("GET secret/data/ci/late", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}")
                .on("GET auth/token/lookup-self", 403, DENIED);

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            found(source, locator("secret/ci/late"));
        }
        assertThat(vault.seen("POST auth/approle/login")).hasSize(2);
    }

    @Test
    void anOldTokenThatIsValidIsNotReplacedHoweverOftenAPolicyDenies() {
        vault.withLogins(auth("hvs.1", 36_000, true))
                .on("GET secret/data/ci/secret", 403, DENIED)
                .on("GET auth/token/lookup-self", 200, "{\"data\":{\"ttl\":3600}}");

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            for (int i = 0; i < 5; i++) {
                clock.forward(Duration.ofSeconds(31));
                assertThat(failure(source, locator("secret/ci/secret")).problem())
                        .isEqualTo(Problem.DENIED);
            }
        }
        assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
    }

    @Test
    void aTokenThatMayNotLookItselfUpIsReplacedOnceAndNotForEachDenial() {
        vault.withLogins(auth("hvs.1", 36_000, true), auth("hvs.2", 36_000, true), auth("hvs.3", 36_000, true))
                .on("GET secret/data/ci/secret", 403, DENIED)
                .on("GET auth/token/lookup-self", 403, DENIED);

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            for (int i = 0; i < 5; i++) {
                clock.forward(Duration.ofSeconds(31));
                assertThat(failure(source, locator("secret/ci/secret")).problem())
                        .isEqualTo(Problem.DENIED);
            }
            assertThat(vault.seen("POST auth/approle/login")).hasSize(2);
            clock.forward(Duration.ofMinutes(6));
            failure(source, locator("secret/ci/secret"));
            assertThat(vault.seen("POST auth/approle/login")).hasSize(3);
        }
    }

    @Test
    void manyDenialsAtOnceOfAValidTokenLeadToNoLogin() {
        vault.withLogins(auth("hvs.1", 3600, true), auth("hvs.2", 3600, true), auth("hvs.3", 3600, true))
                .on("GET auth/token/lookup-self", 200, "{\"data\":{}}");
        for (int i = 0; i < 6; i++) {
            vault.on("GET secret/data/ci/x" + i, 403, DENIED);
        }

        try (VaultSource source = source(vault.url(), APPROLE, clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofMinutes(5));
            var outcomes = source.fetch(
                    List.of(
                            locator("secret/ci/x0"),
                            locator("secret/ci/x1"),
                            locator("secret/ci/x2"),
                            locator("secret/ci/x3"),
                            locator("secret/ci/x4"),
                            locator("secret/ci/x5")),
                    soon());
            assertThat(outcomes).hasSize(6);
        }
        assertThat(vault.seen("POST auth/approle/login")).hasSize(1);
    }

    @Test
    void aGivenTokenThatEndedIsToldFromOneWithoutPolicies() {
        vault.on("GET auth/token/lookup-self", 403, DENIED)
                .on("GET secret/data/ci/a", 403, DENIED)
                .on(
                        "GET secret/data/ci/b",
                        403,
                        "{\"errors\":[\"2 errors occurred: * permission denied * invalid token\"]}");

        try (VaultSource source = source(vault.url(), TOKEN, clock)) {
            found(source, locator("secret/ci/db"));
            SecretException unclear = failure(source, locator("secret/ci/a"));
            assertThat(unclear.problem()).isEqualTo(Problem.DENIED);
            assertThat(unclear.fix())
                    .endsWith("policies read on secret/data/ci/a, or configure a new token if this one has expired");
            assertThat(failure(source, locator("secret/ci/b")).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        }
    }
}
