package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each login method sends, and what is said of a refusal. */
@Timeout(60)
class LoginMethodsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DENIED = "{\"errors\":[\"permission denied\"]}";

    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void appRoleSendsRoleIdAndSecretId() {
        assertThat(bodyOf("approle/login", appRole(TextOrFile.of(SecretValue.of("secret-1")), false)))
                .isEqualTo(json("{'role_id':'role-1','secret_id':'secret-1'}"));
    }

    @Test
    void appRoleWithoutASecretIdSendsTheRoleIdAlone() {
        VaultLogin login = new VaultLogin.AppRole("approle", "role-1", Optional.empty(), false);
        assertThat(bodyOf("approle/login", login)).isEqualTo(json("{'role_id':'role-1'}"));
    }

    @Test
    void appRoleReadsItsSecretIdFromAFileWithoutTheLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret-id"), "secret-2\n");
        assertThat(bodyOf("approle/login", appRole(TextOrFile.of(file), false)))
                .isEqualTo(json("{'role_id':'role-1','secret_id':'secret-2'}"));
    }

    @Test
    void userNameAndPasswordGoToTheUsersOwnPath() {
        VaultLogin login = new VaultLogin.UserPass("userpass", "jo doe", SecretValue.of("pw\"1"));
        assertThat(bodyOf("userpass/login/jo%20doe", login))
                .isEqualTo(JSON.createObjectNode().put("password", "pw\"1"));
    }

    @Test
    void ldapMayBeMountedElsewhere() {
        VaultLogin login = new VaultLogin.Ldap("corp/ldap", "jo", SecretValue.of("pw"));
        assertThat(bodyOf("corp/ldap/login/jo", login)).isEqualTo(json("{'password':'pw'}"));
    }

    @Test
    void jwtSendsRoleAndToken() {
        VaultLogin login = new VaultLogin.Jwt("jwt", Optional.of("ci"), TextOrFile.of(SecretValue.of("e.y.J")));
        assertThat(bodyOf("jwt/login", login)).isEqualTo(json("{'jwt':'e.y.J','role':'ci'}"));
    }

    @Test
    void kubernetesReadsItsTokenAnewAtEachLogin() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MovableClock clock = new MovableClock();
        vault.on("POST auth/kubernetes/login", 200, "{\"auth\":" + auth("hvs.1", 60, false) + "}");
        try (VaultSource source = source(vault.url(), new VaultLogin.Kubernetes("kubernetes", "ci", file), clock)) {
            found(source, locator("secret/ci/db"));
            Files.writeString(file, "second\n");
            clock.forward(Duration.ofSeconds(50));
            found(source, locator("secret/ci/db"));
        }
        assertThat(vault.seen("POST auth/kubernetes/login"))
                .extracting(seen -> json(seen.body()).path("jwt").asText())
                .containsExactly("first", "second");
    }

    @Test
    void aWrappedSecretIdIsCheckedThenUnwrappedOnceForAllLogins() {
        MovableClock clock = new MovableClock();
        vault.on("POST sys/wrapping/lookup", 200, "{\"data\":{\"creation_path\":\"auth/approle/role/ci/secret-id\"}}")
                .on("POST sys/wrapping/unwrap", 200, "{\"data\":{\"secret_id\":\"inside\"}}")
                .withLogins(auth("hvs.1", 60, false), auth("hvs.2", 60, false));

        try (VaultSource source =
                source(vault.url(), appRole(TextOrFile.of(SecretValue.of("hvs.wrapping")), true), clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofSeconds(50));
            found(source, locator("secret/ci/db"));
        }

        assertThat(vault.seen("POST sys/wrapping/unwrap"))
                .singleElement()
                .satisfies(seen -> assertThat(seen.header("X-Vault-Token")).contains("hvs.wrapping"));
        assertThat(vault.seen("POST auth/approle/login"))
                .extracting(seen -> json(seen.body()).path("secret_id").asText())
                .containsExactly("inside", "inside");
    }

    @Test
    void aWrappingTokenFromElsewhereIsNotUnwrapped() {
        vault.on("POST sys/wrapping/lookup", 200, "{\"data\":{\"creation_path\":\"sys/wrapping/wrap\"}}");

        SecretException failure = failureOf(appRole(TextOrFile.of(SecretValue.of("hvs.wrapping")), true));

        assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(failure.getMessage()).contains("was not made by a role of auth/approle", "may have been swapped");
        assertThat(vault.seen("POST sys/wrapping/unwrap")).isEmpty();
    }

    @Test
    void aWrappingTokenThatWasUsedBeforeIsToldAsAnIncident() {
        vault.on("POST sys/wrapping/lookup", 400, "{\"errors\":[\"wrapping token is not valid or does not exist\"]}");

        assertThat(failureOf(appRole(TextOrFile.of(SecretValue.of("hvs.wrapping")), true))
                        .getMessage())
                .contains("it was already used, or has expired", "If nobody here used it, somebody else did");
    }

    @Test
    void aTokenFileIsReadAgainWhenItsTokenIsDenied() throws IOException {
        Path sink = Files.writeString(folder.resolve("sink"), "hvs.old");
        vault.on("GET auth/token/lookup-self", 200, "{\"data\":{\"ttl\":60,\"creation_ttl\":3600,\"renewable\":true}}")
                .on("GET secret/data/ci/next", 403, DENIED)
                .on("GET secret/data/ci/next", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}");

        try (VaultSource source = source(vault.url(), new VaultLogin.TokenFile(sink))) {
            found(source, locator("secret/ci/db"));
            Files.writeString(sink, "hvs.new\n");
            found(source, locator("secret/ci/next"));
        }

        assertThat(vault.seen("GET secret/data/ci/next"))
                .extracting(seen -> seen.header("X-Vault-Token").orElseThrow())
                .containsExactly("hvs.old", "hvs.new");
        assertThat(vault.seen("POST auth/token/renew-self")).isEmpty();
        assertThat(vault.seen("POST auth/token/revoke-self")).isEmpty();
    }

    @Test
    void withAnAgentNoTokenIsSent() {
        try (VaultSource source = source(vault.url(), new VaultLogin.Agent())) {
            found(source, locator("secret/ci/db"));
        }
        assertThat(vault.seen()).isNotEmpty().allSatisfy(seen -> assertThat(seen.header("X-Vault-Token"))
                .isEmpty());
    }

    @Test
    void anAgentWithoutAutoAuthIsTold() {
        vault.on("GET secret/data/ci/x", 400, "{\"errors\":[\"missing client token\"]}");
        try (VaultSource source = source(vault.url(), new VaultLogin.Agent())) {
            found(source, locator("secret/ci/db"));
            SecretException failure = failure(source, locator("secret/ci/x"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure.fix()).contains("use_auto_auth_token");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "400, invalid role or secret ID, is wrong",
                "400, invalid secret id, the secret ID is wrong",
                "404, no handler for route, nothing is mounted at auth/approle",
                "403, permission denied, permission denied",
                "400, source address \"10.0.0.1\" unauthorized, not valid from this address",
                "400, something with hvs.canary in it, was refused (400)",
            })
    void aRefusedLoginSaysWhyInOurWords(int status, String vaults, String ours) {
        vault.on(
                "POST auth/approle/login",
                status,
                JSON.createObjectNode()
                        .set("errors", JSON.createArrayNode().add(vaults))
                        .toString());

        SecretException failure = failureOf(appRole(TextOrFile.of(SecretValue.of("secret-1")), false));

        assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(failure.reason()).contains("AppRole at auth/approle", ours);
        assertThat(failure.getMessage()).doesNotContain("canary", "10.0.0.1", "secret-1");
    }

    @Test
    void aLoginThatAsksForASecondFactorIsTold() {
        vault.on("POST auth/approle/login", 200, "{\"auth\":{\"client_token\":\"\",\"mfa_requirement\":{\"x\":1}}}");
        assertThat(failureOf(appRole(TextOrFile.of(SecretValue.of("s")), false)).getMessage())
                .contains("second factor");
    }

    @Test
    void aTokenThatNoHeaderTakesIsRefusedBeforeAClientQuotesIt() throws IOException {
        Path sink = Files.writeString(folder.resolve("sink"), "hvs.canary\nhvs.second");
        SecretException failure = failureOf(new VaultLogin.TokenFile(sink));
        assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(failure.getMessage())
                .contains("contains characters that are not valid in a token")
                .doesNotContain("canary");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("nobody");
        assertThat(failureOf(new VaultLogin.Kubernetes("kubernetes", "ci", missing))
                        .getMessage())
                .contains("the service account token in " + missing + " does not exist");
    }

    private static VaultLogin appRole(TextOrFile secretId, boolean wrapped) {
        return new VaultLogin.AppRole("approle", "role-1", Optional.of(secretId), wrapped);
    }

    private JsonNode bodyOf(String path, VaultLogin login) {
        vault.on("POST auth/" + path, 200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}");
        try (VaultSource source = source(vault.url(), login)) {
            found(source, locator("secret/ci/db"));
        }
        assertThat(vault.seen("GET secret/data/ci/db").get(0).header("X-Vault-Token"))
                .contains("hvs.1");
        return json(vault.seen("POST auth/" + path).get(0).body());
    }

    private SecretException failureOf(VaultLogin login) {
        try (VaultSource source = source(vault.url(), login)) {
            return failure(source, locator("secret/ci/db"));
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
