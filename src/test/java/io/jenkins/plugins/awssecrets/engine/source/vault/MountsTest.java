package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the engine behind a path is found, when mounts change and when Vault does not say. */
@Timeout(60)
class MountsTest {
    private static final String PREFLIGHT = "GET sys/internal/ui/mounts/secret/ci/db";
    private static final String DENIED = "{\"errors\":[\"permission denied\"]}";
    private static final String NOTHING = "{\"errors\":[]}";

    private final MovableClock clock = new MovableClock();
    private final ScriptedVault vault = new ScriptedVault();
    private final VaultSource source = source(vault.url(), TOKEN, clock);

    @BeforeEach
    void theTokenMayLookItselfUp() {
        vault.on("GET auth/token/lookup-self", 200, "{\"data\":{\"ttl\":0}}");
    }

    @AfterEach
    void stop() {
        source.close();
        vault.close();
    }

    @Test
    void aMountThatWasUpgradedIsAskedForAgain() {
        vault.on(PREFLIGHT, 200, kv("secret/", "1"))
                .on(PREFLIGHT, 200, kv("secret/", "2"))
                .on("GET secret/ci/db", 200, "{\"data\":{\"k\":\"v1\"}}")
                .on("GET secret/ci/db", 404, "{\"errors\":[],\"warnings\":[\"Invalid path for a versioned engine\"]}")
                .on("GET secret/data/ci/db", 200, "{\"data\":{\"data\":{\"k\":\"v2\"},\"metadata\":{\"version\":1}}}");

        assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v1\"}");
        clock.forward(Duration.ofSeconds(1));
        assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v2\"}");
        clock.forward(Duration.ofSeconds(1));
        found(source, locator("secret/ci/db"));
        assertThat(vault.seen(PREFLIGHT)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void anApiPathBelowADeepMountIsToldWithThePathThatIsMeant(int status) {
        vault.on("GET sys/internal/ui/mounts/team/a/kv/data/app/x", 200, kv("team/a/kv/", "2"))
                .on("GET team/a/kv/data/data/app/x", status, DENIED)
                .on("GET team/a/kv/data/app/x", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}");

        SecretException failure = failure(source, locator("team/a/kv/data/app/x"));

        assertThat(failure.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(failure.fix()).isEqualTo("write vault:team/a/kv/app/x, without data/");
    }

    @Test
    void aFolderThatIsReallyNamedDataIsRead() {
        for (String mount : new String[] {"team/a/kv/", "secret/"}) {
            vault.on("GET sys/internal/ui/mounts/" + mount + "data/x", 200, kv(mount, "2"))
                    .on(
                            "GET " + mount + "data/data/x",
                            200,
                            "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}}");
            assertThat(found(source, locator(mount + "data/x")).value().reveal())
                    .isEqualTo("{\"k\":\"v\"}");
        }
    }

    @Test
    void aMissingSecretAsksForItsMountAgainUnlessItWasJustAsked() {
        vault.on(PREFLIGHT, 200, kv("secret/", "2")).on("GET secret/data/ci/db", 404, NOTHING);

        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(vault.seen(PREFLIGHT)).hasSize(1);
        clock.forward(Duration.ofSeconds(1));
        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(vault.seen(PREFLIGHT)).hasSize(2);
    }

    @Test
    void whereVaultDoesNotSayAVersionedMountIsTriedFirstAndRemembered() {
        vault.on(PREFLIGHT, 403, DENIED)
                .on("GET secret/data/ci/db", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}}");

        found(source, locator("secret/ci/db"));
        found(source, locator("secret/ci/db"));

        assertThat(vault.seen(PREFLIGHT)).hasSize(1);
        assertThat(vault.seen("GET secret/ci/db")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405})
    void whereVaultDoesNotSayThePathIsTriedAsItIsNext(int status) {
        vault.on(PREFLIGHT, 403, DENIED)
                .on("GET secret/data/ci/db", status, DENIED)
                .on("GET secret/ci/db", 200, "{\"data\":{\"k\":\"v\"}}");

        assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void whereBothAreDeniedTheErrorNamesBoth() {
        vault.on(PREFLIGHT, 403, DENIED)
                .on("GET secret/data/ci/db", 403, DENIED)
                .on("GET secret/ci/db", 403, DENIED);

        SecretException failure = failure(source, locator("secret/ci/db"));

        assertThat(failure.problem()).isEqualTo(Problem.DENIED);
        assertThat(failure.fix())
                .isEqualTo("grant the token's policies read on secret/data/ci/db (KV v2 mounted at secret/) or on"
                        + " secret/ci/db (any other engine); check that the mount exists. Where the path begins"
                        + " with a namespace, set the source's namespace and leave it out of the path");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aNamespaceInThePathIsSaidToBeOneWhereVaultDoesNotSay(int status) {
        vault.on("GET sys/internal/ui/mounts/ns1/secret/ci/db", 403, DENIED)
                .on("GET ns1/data/secret/ci/db", status, status == 404 ? NOTHING : DENIED)
                .on("GET ns1/secret/ci/db", status, status == 404 ? NOTHING : DENIED);

        assertThat(failure(source, locator("ns1/secret/ci/db")).fix())
                .contains("Where the path begins with a namespace, set the source's namespace")
                .doesNotContain("below the mount ns1/");
    }

    @Test
    void aDeletedVersionIsTheAnswerWhateverTheOtherPathSays() {
        vault.on(PREFLIGHT, 403, DENIED)
                .on(
                        "GET secret/data/ci/db",
                        404,
                        "{\"data\":{\"data\":null,\"metadata\":{\"version\":2,\"deletion_time\":\"2026-01-01T00:00:00Z\"}}}");

        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.DELETED);
        assertThat(vault.seen("GET secret/ci/db")).isEmpty();
    }

    @Test
    void anOutageOfTheDetectionIsNoGuess() {
        vault.on(PREFLIGHT, 500, NOTHING);

        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(vault.seen("GET secret/data/ci/db")).isEmpty();
    }

    @Test
    void theNamespaceInFrontOfAMountPathIsNotPartOfIt() {
        vault.on(PREFLIGHT, 200, kv("team/ci/secret/", "2"))
                .on("GET secret/data/ci/db", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}");

        assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void aReadWithoutDataHasNoValue() {
        vault.on(PREFLIGHT, 200, "{\"data\":{\"path\":\"secret/\",\"type\":\"other\"}}")
                .on("GET secret/ci/db", 200, "{\"data\":null,\"auth\":{}}");

        assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.WRONG_SHAPE);
    }

    private static String kv(String path, String version) {
        return "{\"data\":{\"path\":\"" + path + "\",\"type\":\"kv\",\"options\":{\"version\":\"" + version + "\"}}}";
    }
}
