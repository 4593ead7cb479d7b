package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        + " secret/ci/db (any other engine); name the mount and its engine in the source's"
                        + " mounts. Where the path begins with a namespace, set the source's namespace and"
                        + " leave it out of the path");
    }

    @Test
    void whereBothAreNotFoundTheErrorNamesTheMountThatWasTaken() {
        vault.on(PREFLIGHT, 403, DENIED)
                .on("GET secret/data/ci/db", 404, NOTHING)
                .on("GET secret/ci/db", 404, NOTHING);

        assertThat(failure(source, locator("secret/ci/db")).fix())
                .startsWith(
                        "check the path (a key is named behind it, with '#'), or create the secret. Where the mount is"
                                + " not secret/, name the mount and its engine in the source's mounts. Where the path");
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

    /** A policy denies {@code sys/internal/ui/mounts}, as Vault Enterprise does below a namespace in the path. */
    @Test
    void aConfiguredMountIsNotAskedAbout() {
        vault.on("GET team/a/kv/data/app/x", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}}")
                .on("GET old/kv/app/x", 200, "{\"data\":{\"k\":\"v1\"}}")
                .on(
                        "GET ns1/secret/data/ci/db",
                        200,
                        "{\"data\":{\"data\":{\"k\":\"n\"},\"metadata\":{\"version\":1}}}")
                .on("GET db/creds/ci", 200, "{\"lease_id\":\"db/1\",\"lease_duration\":60,\"data\":{\"k\":\"d\"}}");
        VaultSettings settings = VaultSettings.of(vault.url(), TOKEN)
                .withMounts(List.of(
                        new MountSetting("team/a/kv/", Optional.of(2)),
                        new MountSetting("old/kv", Optional.of(1)),
                        new MountSetting("/ns1/secret", Optional.of(2)),
                        new MountSetting("db", Optional.empty())));

        try (VaultSource configured = source(settings, SourceFilter.NONE, clock)) {
            assertThat(found(configured, locator("team/a/kv/app/x")).value().reveal())
                    .isEqualTo("{\"k\":\"v\"}");
            assertThat(found(configured, locator("old/kv/app/x")).value().reveal())
                    .isEqualTo("{\"k\":\"v1\"}");
            assertThat(found(configured, locator("ns1/secret/ci/db")).value().reveal())
                    .isEqualTo("{\"k\":\"n\"}");
            assertThat(found(configured, locator("db/creds/ci")).value().reveal())
                    .isEqualTo("{\"k\":\"d\"}");
            clock.forward(Duration.ofHours(1));
            assertThat(failure(configured, locator("team/a/kv/other")).problem())
                    .isEqualTo(Problem.NOT_FOUND);
        }
        assertThat(vault.seen()).noneMatch(request -> request.uri().contains("internal/ui/mounts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "a/../b", "."})
    void aMountThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> new MountSetting(path, Optional.of(2)))
                .hasMessageContaining("not the path of a mount");
    }

    @Test
    void anotherKvVersionIsRefused() {
        assertThatThrownBy(() -> new MountSetting("kv", Optional.of(3))).hasMessageContaining("Write 1 or 2");
    }

    /** A mount of several segments is found by reading, where Vault denies to tell it. */
    @Test
    void aDeepMountThatVaultDoesNotTellIsFound() {
        vault.on("GET sys/internal/ui/mounts/team/a/kv/app/x", 403, DENIED)
                .on("GET team/data/a/kv/app/x", 403, DENIED)
                .on("GET team/a/kv/app/x", 403, DENIED)
                .on("GET team/a/data/kv/app/x", 403, DENIED)
                .on("GET team/a/kv/data/app/x", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}}")
                .on(
                        "GET team/a/kv/data/app/y",
                        200,
                        "{\"data\":{\"data\":{\"k\":\"w\"},\"metadata\":{\"version\":1}}}");

        assertThat(found(source, locator("team/a/kv/app/x")).value().reveal()).isEqualTo("{\"k\":\"v\"}");
        assertThat(found(source, locator("team/a/kv/app/y")).value().reveal()).isEqualTo("{\"k\":\"w\"}");
        assertThat(vault.seen("GET team/data/a/kv/app/x")).hasSize(1);
    }

    /** Vault names the route that it looked for: without the namespace, where the path begins with one. */
    @ParameterizedTest
    @CsvSource({"ns1, secret/ci/db", "team-a, kv/db", "ns1, team/secret/ci/db"})
    void aNamespaceInThePathIsNamedAsOne(String namespace, String rest) {
        vault.on("GET sys/internal/ui/mounts/" + namespace + "/" + rest, 403, DENIED)
                .on("GET " + namespace + "/data/" + rest, 404, noRoute("data/" + rest))
                .on("GET " + namespace + "/" + rest, 404, NOTHING);

        SecretException failure = failure(source, locator(namespace + "/" + rest));

        assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(failure.reason()).startsWith("'" + namespace + "' is a namespace");
        assertThat(failure.fix())
                .contains("set the source's namespace to " + namespace)
                .contains(namespace + "/secret, to the source's mounts");
        assertThat(vault.seen())
                .filteredOn(seen -> !seen.uri().endsWith("/lookup-self"))
                .hasSize(3);
    }

    @Test
    void whereNothingIsMountedThatIsTold() {
        vault.on("GET sys/internal/ui/mounts/nope/ci/db", 403, DENIED)
                .on("GET nope/data/ci/db", 404, noRoute("nope/data/ci/db"))
                .on("GET nope/ci/db", 404, noRoute("nope/ci/db"));

        SecretException failure = failure(source, locator("nope/ci/db"));

        assertThat(failure.reason()).isEqualTo("nothing is mounted at the beginning of this path (404)");
        assertThat(failure.fix()).contains("vault secrets list", "namespace");
        assertThat(vault.seen())
                .filteredOn(seen -> !seen.uri().endsWith("/lookup-self"))
                .hasSize(3);
    }

    private static String noRoute(String route) {
        return "{\"errors\":[\"no handler for route \\\"" + route + "\\\". route entry not found.\"]}";
    }
}
