package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Vault that wants a client certificate, with keys that the JDK's keytool made for this run. */
@Timeout(120)
class VaultTlsTest {
    @TempDir
    static Path folder;

    private static KeyStore server;
    private static KeyStore client;

    private ScriptedVault vault;

    @BeforeAll
    static void makeKeys() throws Exception {
        server = keys("server", "-ext", "SAN=IP:127.0.0.1");
        client = keys("client");
    }

    @BeforeEach
    void start() throws Exception {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TextOrFile clients = pem(client.getCertificate("client").getEncoded(), "CERTIFICATE");
        https.setHttpsConfigurator(
                new HttpsConfigurator(new TlsContexts("test")
                        .context(Optional.of(clients), Optional.of(new ClientIdentity.Store(server, password())))) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                        ssl.setNeedClientAuth(true);
                        parameters.setSSLParameters(ssl);
                    }
                });
        vault = new ScriptedVault(https).withSecret("{\"k\":\"v\"}");
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void aClientCertificateInPemLogsIn() throws Exception {
        vault.on("POST auth/cert/login", 200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}");
        Path key = folder.resolve("client.key");
        Files.writeString(key, ((TextOrFile.Text) key()).value().reveal());
        ClientIdentity identity = new ClientIdentity.Pem(certificate(client, "client"), TextOrFile.of(key));

        try (VaultSource source = tls(new VaultLogin.Certificate("cert", Optional.of("ci")), identity)) {
            found(source, locator("secret/ci/db"));
        }
        assertThat(vault.seen("POST auth/cert/login").get(0).body()).isEqualTo("{\"name\":\"ci\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS#8", "PKCS#1", "SEC1", "OpenSSH", "PKCS#8 encrypted", "PKCS#1 encrypted"})
    void aClientKeyServesInEveryFormatByItselfAndBesideItsCertificate(String format) throws Exception {
        KeyPair pair = format.equals("SEC1") ? TestKeys.ec("secp256r1") : TestKeys.rsa();
        String certificate = TestKeys.pem(TestKeys.certificate(pair, "client", pair, "client"));
        String key =
                switch (format) {
                    case "PKCS#8" -> TestKeys.pkcs8(pair);
                    case "OpenSSH" -> TestKeys.openSsh(pair);
                    case "PKCS#8 encrypted" -> TestKeys.encryptedPkcs8(pair);
                    case "PKCS#1 encrypted" -> TestKeys.encryptedTraditional(pair);
                    default -> TestKeys.traditional(pair);
                };
        Optional<SecretValue> passphrase =
                format.endsWith("encrypted") ? Optional.of(SecretValue.of(TestKeys.PASSPHRASE)) : Optional.empty();

        for (ClientIdentity.Pem identity : List.of(
                new ClientIdentity.Pem(text(certificate), Optional.of(text(key)), passphrase),
                new ClientIdentity.Pem(text(key.replace("\n", "\r\n") + certificate), Optional.empty(), passphrase))) {
            assertThat(identity.lacksKey()).isFalse();
            assertThat(new TlsContexts("test").context(Optional.empty(), Optional.of(identity)))
                    .isNotNull();
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesOrDoesNotOpenIsRefusedByName() {
        KeyPair pair = TestKeys.rsa();
        TextOrFile certificate = text(TestKeys.pem(TestKeys.certificate(pair, "client", pair, "client")));

        assertThat(refusal(new ClientIdentity.Pem(certificate, text(TestKeys.pkcs8(TestKeys.rsa())))))
                .contains("the private key is not that of the certificate");
        assertThat(refusal(new ClientIdentity.Pem(certificate, text(TestKeys.encryptedPkcs8(pair)))))
                .contains("the private key is encrypted, and no passphrase is given");
        assertThat(refusal(new ClientIdentity.Pem(certificate, certificate)))
                .contains("it is a certificate, not a private key");
        assertThat(new ClientIdentity.Pem(certificate, Optional.empty(), Optional.empty()).lacksKey())
                .isTrue();
    }

    private static String refusal(ClientIdentity identity) {
        return catchThrowableOfType(SecretException.class, () -> new TlsContexts("test")
                        .context(Optional.empty(), Optional.of(identity)))
                .getMessage();
    }

    private static TextOrFile text(String pem) {
        return TextOrFile.of(SecretValue.of(pem));
    }

    @Test
    void aClientCertificateInAKeyStoreServesToo() throws Exception {
        try (VaultSource source = tls(TOKEN, new ClientIdentity.Store(client, password()))) {
            assertThat(found(source, locator("secret/ci/db")).version()).contains("3");
        }
    }

    @Test
    void aServerWhoseCaIsUnknownIsNotTrusted() {
        VaultSettings settings = VaultSettings.of(url("127.0.0.1"), TOKEN);
        SecretException failure = failureWith(settings);
        assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(failure.getMessage()).contains("certificate", "is not trusted", "Configure the CA");
        assertThat(vault.seen()).isEmpty();
    }

    @Test
    void aServerWithAnotherNameIsNotTrusted() throws Exception {
        VaultSettings settings = VaultSettings.of(url("localhost"), TOKEN)
                .withTls(
                        Optional.of(certificate(server, "server")),
                        Optional.of(new ClientIdentity.Store(client, password())));
        assertThat(failureWith(settings).getMessage()).contains("is for another host");
        assertThat(vault.seen()).isEmpty();
    }

    @Test
    void aMissingClientCertificateFailsTheConnection() throws Exception {
        VaultSettings settings = VaultSettings.of(url("127.0.0.1"), TOKEN)
                .withTls(Optional.of(certificate(server, "server")), Optional.empty());
        assertThat(failureWith(settings).problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(vault.seen()).isEmpty();
    }

    @Test
    void plainTextOnATlsPortIsNoAnswerOfVaults() {
        VaultSettings settings = VaultSettings.of(vault.url(), TOKEN);
        assertThat(failureWith(settings).problem()).isEqualTo(Problem.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n=canary\n-----END PRIVATE KEY-----",
            })
    void aTextThatIsNoKeyIsRefusedWithoutRepeatingIt(String text) throws Exception {
        ClientIdentity identity =
                new ClientIdentity.Pem(certificate(client, "client"), TextOrFile.of(SecretValue.of(text)));
        assertThatThrownBy(() -> tls(TOKEN, identity)).isInstanceOfSatisfying(SecretException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
            assertThat(e).hasNoCause();
            assertThat(e.getMessage()).contains("private key").doesNotContain("canary", "Y2FuYXJ5");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----"})
    void aTextThatIsNoCaIsRefusedWithoutRepeatingIt(String text) {
        VaultSettings settings = VaultSettings.of(url("127.0.0.1"), TOKEN)
                .withTls(Optional.of(TextOrFile.of(SecretValue.of(text))), Optional.empty());
        assertThatThrownBy(() -> source(settings, SourceFilter.NONE, Clock.systemUTC()))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("the CA certificate is not PEM")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private VaultSource tls(VaultLogin login, ClientIdentity identity) throws Exception {
        VaultSettings settings = new VaultSettings(
                url("127.0.0.1"),
                Optional.empty(),
                login,
                Optional.of(certificate(server, "server")),
                Optional.of(identity),
                Optional.empty(),
                VaultSettings.CONNECT_TIMEOUT,
                VaultSettings.REQUEST_TIMEOUT);
        return source(settings, SourceFilter.NONE, Clock.systemUTC());
    }

    private static SecretException failureWith(VaultSettings settings) {
        try (VaultSource source = source(settings, SourceFilter.NONE, Clock.systemUTC())) {
            return failure(source, locator("secret/ci/db"));
        }
    }

    private URI url(String host) {
        return URI.create("https://" + host + ":" + vault.port());
    }

    private static KeyStore keys(String alias, String... more) throws Exception {
        Path file = folder.resolve(alias + ".p12");
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            alias,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + alias,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            "changeit"
        };
        String[] all = java.util.stream.Stream.of(command, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        Process keytool = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }

    private static SecretValue password() {
        return SecretValue.of("changeit");
    }

    private static TextOrFile key() throws Exception {
        return pem(client.getKey("client", "changeit".toCharArray()).getEncoded(), "PRIVATE KEY");
    }

    private static TextOrFile certificate(KeyStore store, String alias) throws Exception {
        return pem(store.getCertificate(alias).getEncoded(), "CERTIFICATE");
    }

    private static TextOrFile pem(byte[] der, String what) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return TextOrFile.of(
                SecretValue.of("-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n"));
    }
}
