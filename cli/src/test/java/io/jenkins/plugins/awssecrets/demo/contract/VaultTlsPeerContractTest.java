package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Logging in by client certificate to a real Vault over TLS, and what it says when it is sealed. */
@Tag(Peers.TAG)
@Timeout(120)
@EnabledIfEnvironmentVariable(named = Peers.VAULT_BINARY, matches = ".+", disabledReason = "no Vault to start")
class VaultTlsPeerContractTest {
    private static final String PASSWORD = "changeit";
    private static final String PATH = "secret/ci/a";

    @TempDir
    private Path folder;

    private TlsVault vault;

    @BeforeEach
    void start() {
        vault = new TlsVault(System.getenv(Peers.VAULT_BINARY), folder);
        vault.write("secret/data/ci/a", "{\"data\":{\"k\":\"v\"}}");
        vault.write(
                "sys/policies/acl/ci",
                "{\"policy\":\"path \\\"secret/data/ci/*\\\" { capabilities = [\\\"read\\\"] }\"}");
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void aClientCertificateLogsInAndAnotherDoesNot() throws Exception {
        KeyStore client = keys("client");
        vault.write("sys/auth/cert", "{\"type\":\"cert\"}");
        vault.write(
                "auth/cert/certs/ci",
                new ObjectMapper()
                        .writeValueAsString(
                                Map.of("certificate", pem(client), "token_policies", "ci", "token_ttl", "1h")));

        Reading reading = reading(client);
        assertThat(reading.text(PATH)).isEqualTo("{\"k\":\"v\"}");
        reading.source().close();
        Reading other = reading(keys("other"));
        assertThat(other.failure(other.locator(PATH)).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        other.source().close();
    }

    @Test
    void aSealedVaultIsToldAsSuch() {
        VaultSettings settings = VaultSettings.of(vault.address(), new VaultLogin.Token(SecretValue.of("root")))
                .withTls(Optional.of(vault.ca()), Optional.empty());
        Reading reading = new Reading(new VaultSource("vault", settings, SourceFilter.NONE));
        assertThat(reading.text(PATH)).isEqualTo("{\"k\":\"v\"}");
        vault.write("sys/seal", "{}");

        SecretException why = reading.failure(reading.locator(PATH));

        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.reason()).contains("is sealed (503, version 1.");
        assertThat(why.fix()).contains("unseal");
        reading.source().close();
    }

    private Reading reading(KeyStore client) {
        VaultSettings settings = new VaultSettings(
                vault.address(),
                Optional.empty(),
                new VaultLogin.Certificate("cert", Optional.empty()),
                Optional.of(vault.ca()),
                Optional.of(new ClientIdentity.Store(client, SecretValue.of(PASSWORD))),
                Optional.empty(),
                VaultSettings.CONNECT_TIMEOUT,
                VaultSettings.REQUEST_TIMEOUT);
        return new Reading(new VaultSource("vault", settings, SourceFilter.NONE));
    }

    private KeyStore keys(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "EKU=clientAuth",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static String pem(KeyStore store) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(store.getCertificate("client").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
