package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://vault.example:8200",
                "http://127.0.0.1:8200/",
                "HTTPS://v/prefix",
                "https://[::1]:8200",
                "unix:///run/vault/agent.sock",
                "unix:/run/v1"
            })
    void addressesOfAnApiAreTaken(String url) {
        assertThat(VaultSettings.of(URI.create(url), TOKEN).url()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://jo:canary@vault:8200, contains a user",
        "vault:8200, not https://host:port",
        "/var/run/vault.sock, not https://host:port",
        "unix://run/vault.sock, not https://host:port",
        "unix:run/vault.sock, not https://host:port",
        "unix:///run/, not https://host:port",
        "unix:///run/agent.sock?token=canary, has a query",
        "https:///path, not https://host:port",
        "https://vault:8200/v1, ends with /v1",
        "https://vault:8200/v1/, ends with /v1",
        "https://vault:8200/?token=canary, has a query",
        "https://vault:8200/#canary, has a query",
    })
    void whatIsNoAddressOfAnApiIsRefusedWithoutRepeatingIt(String url, String reason) {
        assertThatThrownBy(() -> VaultSettings.of(URI.create(url), TOKEN))
                .isInstanceOfSatisfying(SecretException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
                    assertThat(e.getMessage()).contains(reason).doesNotContain("canary");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/team", "team/", "a//b", "a b", "a\nX-Vault-Token: x"})
    void whatIsNoNamespaceIsRefused(String namespace) {
        VaultSettings settings = VaultSettings.of(URI.create("https://vault:8200"), TOKEN);
        assertThatThrownBy(() -> settings.withNamespace(namespace)).hasMessageContaining("the namespace is not");
    }

    @Test
    void aLoginByCertificateNeedsOne() {
        VaultLogin login = new VaultLogin.Certificate("cert", Optional.empty());
        assertThatThrownBy(() -> VaultSettings.of(URI.create("https://vault:8200"), login))
                .hasMessageContaining("needs a client certificate");
    }

    @Test
    void aSocketThatNoSystemCouldHaveIsRefused() {
        URI url = URI.create("unix:///" + "a".repeat(103));
        assertThatThrownBy(() -> VaultSettings.of(url, TOKEN)).hasMessageContaining("not https://host:port");
    }

    @Test
    void certificatesAndASocketExcludeEachOther() {
        VaultSettings settings = VaultSettings.of(URI.create("unix:///run/agent.sock"), new VaultLogin.Agent());
        Optional<TextOrFile> ca = Optional.of(TextOrFile.of(SecretValue.of("PEM")));
        assertThatThrownBy(() -> settings.withTls(ca, Optional.empty())).hasMessageContaining("does not use TLS");
    }
}
