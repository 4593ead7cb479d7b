package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.awssecrets.engine.consumers.MutualTls;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docker's client talks to a daemon that asks for a client certificate; of the daemon there is its first two answers. */
@Timeout(300)
class DockerClientConsumerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final KeyPair CA = TestKeys.rsa();
    private static final KeyPair KEY = TestKeys.rsa();

    @TempDir
    Path directory;

    @Test
    void dockerShowsItsCertificateAndChecksTheDaemons() throws Exception {
        Tool.need("docker");
        X509Certificate root = certificate(CA, "root", true);
        HttpsServer daemon = daemon(root);
        String tls = JsonTree.object()
                .put("key", TestKeys.traditional(KEY).replace("\n", "\r\n"))
                .put("cert", TestKeys.pem(certificate(KEY, "client", false)))
                .put("ca", TestKeys.pem(root))
                .toString();
        try (Bench bench =
                new Bench(directory, Map.of("tls", tls), "  - x509ClientCert: {id: daemon, from: \"sm:tls\"}\n")) {
            String host = "DOCKER_HOST=tcp://127.0.0.1:" + daemon.getAddress().getPort();
            assertThat(bench.exec(
                            "daemon",
                            host + " docker version --format '{{.Server.Version}}';"
                                    + " DOCKER_CERT_PATH=" + directory + " " + host
                                    + " docker version >/dev/null 2>&1 || echo refused without"))
                    .isEqualTo("27.0.0-CN=client\nrefused without\n");
        } finally {
            daemon.stop(0);
        }
    }

    private static HttpsServer daemon(X509Certificate root) throws Exception {
        KeyPair key = TestKeys.rsa();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate(key, "daemon", false), root});
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root);
        return MutualTls.start(own, PASSWORD, trusted, exchange -> {
            String who = MutualTls.client(exchange);
            byte[] body = exchange.getRequestURI().getPath().endsWith("/_ping")
                    ? "OK".getBytes(StandardCharsets.UTF_8)
                    : ("{\"Version\": \"27.0.0-" + who + "\", \"ApiVersion\": \"1.46\", \"MinAPIVersion\": \"1.24\"}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Api-Version", "1.46");
            exchange.getResponseHeaders().add("Ostype", "linux");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
    }

    /** Go checks what the JDK's own tools leave out: who may sign, and for which address a server's certificate is. */
    private static X509Certificate certificate(KeyPair subject, String name, boolean authority) throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=root"),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                new X500Name("CN=" + name),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(CA.getPrivate())));
    }
}
