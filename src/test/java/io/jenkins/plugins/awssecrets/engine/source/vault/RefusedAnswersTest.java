package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source does not give: its own token, and what Vault's own API answers. */
@Timeout(60)
class RefusedAnswersTest {
    private static final String DENIED = "{\"errors\":[\"permission denied\"]}";

    private final ScriptedVault vault = new ScriptedVault();
    private final VaultSource source = source(vault.url(), TOKEN);

    @AfterEach
    void stop() {
        source.close();
        vault.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"hvs.given\"}",
                "{\"id\":\"hvs.\\u0067iven\"}",
                "{\"a\":{\"b\":[1,{\"c\":\"Bearer hvs.given\"}]}}",
                "{\"curl\":\"curl -H 'X-Vault-Token: hvs.given' https://x\"}",
            })
    void anAnswerWithTheSourcesOwnTokenIsWithheld(String data) {
        vault.on("GET sys/internal/ui/mounts/plain/ci", 200, mount("plain/", "generic", ""))
                .on("GET plain/ci", 200, "{\"data\":" + data + "}")
                .withSecret(data);

        for (String path : new String[] {"plain/ci", "secret/ci/db"}) {
            SecretException failure = failure(source, locator(path));
            assertThat(failure.problem()).isEqualTo(Problem.REFUSED);
            assertThat(failure.getMessage()).doesNotContain("hvs.given");
        }
    }

    @Test
    void aShortTokenIsAWordWhereNothingCallsItAToken() {
        vault.withSecret("{\"username\":\"root\"}");
        try (VaultSource development = source(vault.url(), new VaultLogin.Token(SecretValue.of("root")))) {
            assertThat(found(development, locator("secret/ci/db")).value().reveal())
                    .contains("root");
            vault.on("GET sys/internal/ui/mounts/x/ci", 200, mount("x/", "generic", ""))
                    .on("GET x/ci", 200, "{\"data\":{\"id\":\"root\"}}");
            assertThat(failure(development, locator("x/ci")).problem()).isEqualTo(Problem.REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/auth/ldap/config", "team/sys/config/cors", "team/identity/x/y"})
    void whatMayBeANamespaceIsNotReadThrough(String path) {
        vault.on("GET sys/internal/ui/mounts/" + path, 403, DENIED).on("GET " + path, 200, "{\"data\":{\"k\":\"v\"}}");

        assertThat(failure(source, locator(path)).problem()).isEqualTo(Problem.REFUSED);
        assertThat(vault.seen("GET " + path)).isEmpty();
    }

    @Test
    void aMountWithinVaultsOwnPathsIsNotRead() {
        vault.on("GET sys/internal/ui/mounts/team/auth/ldap/config", 200, mount("team/auth/ldap/", "ldap", ""))
                .on("GET team/auth/ldap/config", 200, "{\"data\":{\"k\":\"v\"}}");

        assertThat(failure(source, locator("team/auth/ldap/config")).problem()).isEqualTo(Problem.REFUSED);
        assertThat(vault.seen("GET team/auth/ldap/config")).isEmpty();
    }

    @Test
    void aSecretNamedLikeVaultsOwnPathsIsReadBelowAKvMount() {
        vault.on("GET sys/internal/ui/mounts/secret/auth/github", 200, mount("secret/", "kv", "2"))
                .on("GET secret/data/auth/github", 200, "{\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}");

        assertThat(found(source, locator("secret/auth/github")).value().reveal())
                .isEqualTo("{\"k\":\"v\"}");
    }

    private static String mount(String path, String type, String version) {
        return "{\"data\":{\"path\":\"" + path + "\",\"type\":\"" + type + "\",\"options\":{\"version\":\"" + version
                + "\"}}}";
    }
}
