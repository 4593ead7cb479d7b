package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.awssecrets.engine.consumers.MutualTls;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** keytool, openssl and curl open the key store, whatever it was made of. */
@Timeout(300)
class CertificateConsumerTest {
    private static final String PASSWORD = "changeit";
    private static final KeyPair KEY = TestKeys.rsa();
    private static final KeyPair CA = TestKeys.rsa();
    private static final X509Certificate ROOT = TestKeys.certificate(CA, "root", CA, "root");
    private static final X509Certificate CERTIFICATE = TestKeys.certificate(KEY, "client", CA, "root");

    @TempDir
    Path directory;

    @Test
    void keytoolOpensIt() throws Exception {
        Tool.need("keytool");
        try (Bench bench = bench()) {
            for (String id : stored().keySet()) {
                assertThat(bench.exec(
                                id + "=C",
                                "keytool -list -storetype PKCS12 -keystore \"$C_KEYSTORE\" -storepass \"$C_PASSWORD\""))
                        .as(id)
                        .contains("PrivateKeyEntry");
            }
        }
    }

    @Test
    void opensslReadsKeyAndCertificate() throws Exception {
        Tool.need("openssl");
        try (Bench bench = bench()) {
            for (String id : stored().keySet()) {
                assertThat(bench.exec(
                                id + "=C",
                                "openssl pkcs12 -in \"$C_KEYSTORE\" -passin env:C_PASSWORD -nodes | openssl"
                                        + " x509 -noout -subject"))
                        .as(id)
                        .contains("client");
            }
        }
    }

    @Test
    void curlLogsInWithIt() throws Exception {
        Tool.need("curl");
        HttpsServer server = server();
        try (Bench bench = bench()) {
            for (String id : stored().keySet()) {
                assertThat(bench.exec(
                                id + "=C",
                                "curl -sSk --noproxy '*' --cert-type P12 --cert \"$C_KEYSTORE:$C_PASSWORD\""
                                        + " https://127.0.0.1:"
                                        + server.getAddress().getPort() + "/"))
                        .as(id)
                        .isEqualTo("hello CN=client");
            }
        } finally {
            server.stop(0);
        }
    }

    /** By the three files that docker's client reads: no daemon is needed to see that a TLS client takes them. */
    @Test
    void curlLogsInWithTheFilesOfADockerClient() throws Exception {
        Tool.need("curl");
        HttpsServer server = server();
        String members = JsonTree.object()
                .put("key", TestKeys.traditional(KEY).replace("\n", "\r\n"))
                .put("cert", TestKeys.pem(CERTIFICATE))
                .put("ca", TestKeys.pem(ROOT))
                .toString();
        try (Bench bench =
                new Bench(directory, Map.of("tls", members), "  - x509ClientCert: {id: docker, from: \"sm:tls\"}\n")) {
            assertThat(bench.exec(
                            "docker",
                            "test \"$DOCKER_TLS_VERIFY\" = 1 && cd \"$DOCKER_CERT_PATH\" && ls | tr '\\n"
                                    + "' ' ' && curl -sSk --noproxy '*' --cert cert.pem --key key.pem --cacert ca.pem"
                                    + " https://127.0.0.1:"
                                    + server.getAddress().getPort() + "/"))
                    .isEqualTo("ca.pem cert.pem key.pem hello CN=client");
        } finally {
            server.stop(0);
        }
    }

    private static Map<String, String> stored() {
        Map<String, String> stored = new LinkedHashMap<>();
        String certificate = TestKeys.pem(CERTIFICATE) + TestKeys.pem(ROOT);
        stored.put("p12", TestKeys.base64(TestKeys.store("PKCS12", PASSWORD, KEY, CERTIFICATE, ROOT)));
        stored.put("jks", TestKeys.base64(TestKeys.store("JKS", PASSWORD, KEY, CERTIFICATE, ROOT)));
        stored.put("pkcs8", certificate + TestKeys.pkcs8(KEY));
        stored.put("pkcs1-crlf", (TestKeys.traditional(KEY) + certificate).replace("\n", "\r\n"));
        stored.put("openssh", TestKeys.openSsh(KEY) + certificate);
        return stored;
    }

    private Bench bench() throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>(stored());
        StringBuilder credentials = new StringBuilder();
        secrets.keySet()
                .forEach(id -> credentials.append(
                        "  - certificate: {id: " + id + ", keyStore: \"sm:" + id + "\", password: \"sm:password\"}\n"));
        secrets.put("password", PASSWORD);
        return new Bench(directory, secrets, credentials.toString());
    }

    private static HttpsServer server() throws Exception {
        KeyPair key = TestKeys.rsa();
        return MutualTls.greeting(
                TestKeys.store("PKCS12", PASSWORD, key, TestKeys.certificate(key, "server", CA, "root"), ROOT),
                // The client's own: the JDK trusts no root that does not say that it is one.
                TestKeys.store("PKCS12", PASSWORD, null, CERTIFICATE),
                PASSWORD);
    }
}
