package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker.Phase;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One path that fails does not stop a Vault that is up. */
@Timeout(60)
class VaultBreakerTest {
    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");
    private final GuardedSource source = GuardedSource.around(source(vault.url(), VaultUnderTest.TOKEN));

    @AfterEach
    void stop() {
        source.close();
        vault.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pki/ca", "pki/ca_chain", "pki/crl", "ssh/public_key"})
    void aPathThatGivesAFileFailsAloneHoweverOftenItIsRead(String path) {
        mount(path);
        vault.on("GET sys/health", 200, "{\"version\":\"1.21.4\"}").on("GET " + path, file("0\u0082"));

        for (int i = 0; i < 4; i++) {
            SecretException failure = failure(path);
            assertThat(failure.problem()).isEqualTo(Problem.WRONG_SHAPE);
            assertThat(failure.subject()).isEqualTo("vault:" + path);
        }
        assertOthersWork();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aRoleWhoseDatabaseIsDownFailsAlone(int status) {
        mount("database/creds/broken");
        vault.on("GET sys/health", 200, "{\"version\":\"1.21.4\"}")
                .on("GET database/creds/broken", status, "{\"errors\":[\"dial tcp: connection refused\"]}");

        for (int i = 0; i < 4; i++) {
            assertThat(failure("database/creds/broken").problem()).isEqualTo(Problem.UNREACHABLE);
        }
        assertOthersWork();
    }

    @ParameterizedTest
    @CsvSource({"503, 503", "500, 501", "503, 472", "500, 404", "502, 502"})
    void aVaultThatIsSealedOrNotThereOpensTheBreaker(int status, int health) {
        mount("database/creds/broken");
        vault.on("GET sys/health", health, "{\"version\":\"1.21.4\"}")
                .on("GET database/creds/broken", status, "{\"errors\":[]}");

        for (int i = 0; i < 3; i++) {
            failure("database/creds/broken");
        }

        assertThat(source.state().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void aPageOfSomethingElseThanVaultOpensTheBreaker() {
        mount("pki/ca");
        vault.on("GET sys/health", file("<html>")).on("GET pki/ca", file("<html>"));

        for (int i = 0; i < 3; i++) {
            assertThat(failure("pki/ca").problem()).isEqualTo(Problem.UNREACHABLE);
        }

        assertThat(source.state().phase()).isEqualTo(Phase.OPEN);
    }

    private void assertOthersWork() {
        assertThat(source.state().phase()).isEqualTo(Phase.CLOSED);
        assertThat(source.fetch(List.of(locator("secret/ci/db")), soon()).get(locator("secret/ci/db")))
                .isInstanceOf(Outcome.Found.class);
    }

    private static ScriptedVault.Script file(String content) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pkix-cert");
            ScriptedVault.send(exchange, 200, content.getBytes(StandardCharsets.UTF_8));
        };
    }

    private void mount(String path) {
        vault.on(
                "GET sys/internal/ui/mounts/" + path,
                200,
                "{\"data\":{\"path\":\"" + path.substring(0, path.indexOf('/') + 1) + "\",\"type\":\"other\"}}");
    }

    private SecretException failure(String path) {
        return ((Outcome.Failed) source.fetch(List.of(locator(path)), soon()).get(locator(path))).why();
    }
}
