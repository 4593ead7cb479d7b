package io.jenkins.plugins.awssecrets.engine.source.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultEnvironmentTest {
    @Test
    void allThatVaultsOwnCommandLineReadsIsRead() {
        VaultSettings settings = settings(Map.of(
                "VAULT_ADDR", " https://vault:8200 ",
                "VAULT_TOKEN", "t",
                "VAULT_NAMESPACE", "/team/ci/",
                "VAULT_CACERT", "/etc/ca.pem",
                "VAULT_CLIENT_CERT", "/etc/own.pem",
                "VAULT_CLIENT_KEY", "/etc/own.key"));

        assertThat(settings.url()).isEqualTo(URI.create("https://vault:8200"));
        assertThat(settings.login()).isEqualTo(new VaultLogin.EnvironmentToken(SecretValue.of("t")));
        assertThat(settings.namespace()).contains("team/ci");
        assertThat(settings.ca()).contains(TextOrFile.of(Path.of("/etc/ca.pem")));
        assertThat(settings.identity())
                .contains(new ClientIdentity.Pem(
                        TextOrFile.of(Path.of("/etc/own.pem")), TextOrFile.of(Path.of("/etc/own.key"))));
    }

    @Test
    void certificatesCountForTlsAlone() {
        Map<String, String> files = Map.of("VAULT_CACERT", "/ca", "VAULT_CLIENT_CERT", "/c", "VAULT_CLIENT_KEY", "/k");
        for (String address : new String[] {"http://127.0.0.1:8200", "unix:///run/agent.sock"}) {
            VaultSettings settings = settings(with(files, "VAULT_ADDR", address, "VAULT_TOKEN", "t"));

            assertThat(settings.ca()).isEmpty();
            assertThat(settings.identity()).isEmpty();
        }
    }

    @Test
    void theCasMayBeTextOrADirectoryInVaultsOwnOrder(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a.pem"), "first");
        Files.writeString(Files.createDirectory(directory.resolve("more")).resolve("b.pem"), "second");
        Map<String, String> https = Map.of("VAULT_ADDR", "https://vault:8200", "VAULT_TOKEN", "t");

        assertThat(settings(with(https, "VAULT_CACERT_BYTES", "-----BEGIN")).ca())
                .contains(TextOrFile.of(SecretValue.of("-----BEGIN")));
        assertThat(settings(with(https, "VAULT_CAPATH", directory.toString())).ca())
                .contains(TextOrFile.of(SecretValue.of("first\nsecond\n")));
        assertThat(settings(with(https, "VAULT_CAPATH", "/gone", "VAULT_CACERT", "/ca"))
                        .ca())
                .contains(TextOrFile.of(Path.of("/ca")));
        assertThat(settings(with(https, "VAULT_CAPATH", "/gone", "VAULT_CACERT_BYTES", "x"))
                        .ca())
                .contains(TextOrFile.of(SecretValue.of("x")));
        for (String unusable : new String[] {
            "/gone", Files.createDirectory(directory.resolve("empty")).toString()
        }) {
            assertThatThrownBy(() -> settings(with(https, "VAULT_CAPATH", unusable)))
                    .hasMessageContaining("environment variable VAULT_CAPATH");
        }
        assertThat(settings(with(Map.of("VAULT_TOKEN", "t"), "VAULT_ADDR", "http://v", "VAULT_CAPATH", "/gone"))
                        .ca())
                .isEmpty();
    }

    @Test
    void anAgentNeedsNoTokenAndIsAskedBeforeTheServer() {
        assertThat(settings(Map.of("VAULT_ADDR", "unix:///run/agent.sock")).login())
                .isEqualTo(new VaultLogin.Agent());

        VaultSettings agent =
                settings(Map.of("VAULT_ADDR", "https://vault:8200", "VAULT_AGENT_ADDR", "http://127.0.0.1:8100"));
        assertThat(agent.url()).isEqualTo(URI.create("http://127.0.0.1:8100"));
        assertThat(agent.login()).isEqualTo(new VaultLogin.Agent());
    }

    @Test
    void whatIsMissingOrNoAddressIsNamedWithoutItsText() {
        assertThatThrownBy(() -> settings(Map.of())).hasMessageContaining("no address is configured");
        assertThatThrownBy(() -> settings(Map.of("VAULT_ADDR", "https://jo:canary@v")))
                .hasMessageContaining("VAULT_ADDR is not a valid URL")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> settings(Map.of("VAULT_AGENT_ADDR", "canary", "VAULT_ADDR", "https://v")))
                .hasMessageContaining("VAULT_AGENT_ADDR is not a valid URL")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> settings(Map.of("VAULT_ADDR", "https://v", "HOME", "/nowhere")))
                .hasMessageContaining("no token is configured");
    }

    @Test
    void halfAClientCertificateIsNotLeftOutInSilence() {
        Map<String, String> https = Map.of("VAULT_ADDR", "https://vault:8200", "VAULT_TOKEN", "t");
        for (String half : new String[] {"VAULT_CLIENT_CERT", "VAULT_CLIENT_KEY"}) {
            assertThatThrownBy(() -> settings(with(https, half, "/c")))
                    .hasMessage("source vault: one of VAULT_CLIENT_CERT and VAULT_CLIENT_KEY is missing. Set both, or"
                            + " neither");
        }
    }

    @Test
    void anAddressWithAPathOrAnUnderscoreIsToldWhatIsWrongWithIt() {
        for (String path : new String[] {"/v1", "/v1/", "/ui", "/prefix/v1"}) {
            assertThatThrownBy(() -> settings(Map.of("VAULT_ADDR", "https://v:8200" + path, "VAULT_TOKEN", "t")))
                    .hasMessage("source vault: the environment variable VAULT_ADDR has a path of Vault's pages or API."
                            + " Remove /v1 or /ui from it");
        }
        for (String host : new String[] {"my_vault", "http_x.example", "_vault"}) {
            assertThatThrownBy(() -> settings(Map.of("VAULT_ADDR", "http://" + host + ":8200", "VAULT_TOKEN", "t")))
                    .hasMessageContaining("VAULT_ADDR is not a valid URL: a host name has no '_'")
                    .hasMessageContaining("alias");
        }
        for (String text : new String[] {"vault:8200", "https//vault", "https:/vault", "https://", "ftp://vault"}) {
            assertThatThrownBy(() -> settings(Map.of("VAULT_ADDR", text, "VAULT_TOKEN", "t")))
                    .hasMessage(
                            "source vault: the environment variable VAULT_ADDR is not a valid URL. Set VAULT_ADDR to"
                                    + " https://host:8200, or configure the source");
        }
    }

    private static VaultSettings settings(Map<String, String> variables) {
        return new VaultEnvironment(variables).settings();
    }

    private static Map<String, String> with(Map<String, String> variables, String... more) {
        Map<String, String> all = new java.util.HashMap<>(variables);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void whatVaultsCommandLineObeysAndASourceDoesNotIsSaid() {
        URI address = URI.create("https://vault:8200");
        List<String> unused = List.of(
                "VAULT_SKIP_VERIFY",
                "VAULT_TLS_SERVER_NAME",
                "VAULT_SRV_LOOKUP",
                "VAULT_DISABLE_REDIRECTS",
                "VAULT_WRAP_TTL",
                "VAULT_CLIENT_TIMEOUT",
                "VAULT_MAX_RETRIES",
                "VAULT_RATE_LIMIT");
        for (String name : unused) {
            VaultEnvironment environment =
                    new VaultEnvironment(Map.of("VAULT_ADDR", address.toString(), name, "1-canary"));

            assertThat(environment.unused(address, "source vault"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.required()).isFalse();
                        assertThat(check.problem().orElseThrow().getMessage())
                                .startsWith("source vault: the environment variable " + name + " is not used: ")
                                .doesNotContain("canary");
                    });
            assertThat(environment.unused(URI.create("https://other:8200"), "source vault"))
                    .as("a source of another address")
                    .isEmpty();
        }
    }

    @Test
    void aVariableThatAsksForWhatIsDoneAnywayIsNotMentioned() {
        for (String off : new String[] {"", "0", "false", " FALSE ", "f"}) {
            assertThat(new VaultEnvironment(Map.of(
                                    "VAULT_ADDR", "https://vault:8200", "VAULT_SKIP_VERIFY", off, "VAULT_TOKEN", "t"))
                            .unused(URI.create("https://vault:8200"), "source vault"))
                    .isEmpty();
        }
    }
}
