package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.keys;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint whose certificate only {@code AWS_CA_BUNDLE} has, as a proxy that opens TLS shows one. */
@Timeout(120)
class AwsCaBundleTest {
    private static final Locator A = locator("ssm", "/ci/a");
    private static final char[] PASSWORD = "made-up".toCharArray();

    @TempDir
    Path folder;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-validity",
                        "2",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        String base64 = java.util.Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("server").getEncoded());
        Files.writeString(
                folder.resolve("bundle.pem"),
                "# a comment\n-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] body =
                        "{\"Parameters\":[{\"Name\":\"/ci/a\",\"Type\":\"String\",\"Value\":\"v\",\"Version\":1}]}"
                                .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        System.clearProperty("aws.caBundle");
        server.stop(0);
    }

    @Test
    void itsCertificatesAreTrusted() {
        System.setProperty("aws.caBundle", folder.resolve("bundle.pem").toString());
        try (SsmSource source = source()) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("v");
        }
    }

    @Test
    void withoutItTheHandshakeFails() {
        try (SsmSource source = source()) {
            assertThat(failed(source.fetch(List.of(A), soon()), A).reason()).contains("TLS handshake");
        }
    }

    @Test
    void oneThatIsNoneIsNamed() throws Exception {
        for (Path file : List.of(
                folder.resolve("gone.pem"),
                Files.writeString(folder.resolve("empty.pem"), ""),
                Files.writeString(folder.resolve("text.pem"), "canary"),
                folder)) {
            System.setProperty("aws.caBundle", file.toString());
            try (SsmSource source = source()) {
                SecretException why = failed(source.fetch(List.of(A), soon()), A);
                assertThat(why.reason()).contains("environment variable AWS_CA_BUNDLE", file.toString());
                assertThat(EveryText.of(why)).doesNotContain("canary");
            }
        }
    }

    private SsmSource source() {
        return new SsmSource(
                "ssm",
                AwsSettings.DEFAULTS
                        .withRegion("eu-west-1")
                        .withLogin(keys("AKIADEMO", "any"))
                        .withEndpoint(URI.create(
                                "https://127.0.0.1:" + server.getAddress().getPort())),
                SourceFilter.NONE);
    }
}
