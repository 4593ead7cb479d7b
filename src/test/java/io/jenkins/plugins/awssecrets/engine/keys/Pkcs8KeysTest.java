package io.jenkins.plugins.awssecrets.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What TLS clients and libraries for signed tokens are given, whatever shape it was stored in. */
class Pkcs8KeysTest {
    private static final KeyPair RSA = TestKeys.rsa();
    private static final KeyPair EC = TestKeys.ec("secp256r1");
    private static final X509Certificate CERTIFICATE = TestKeys.certificate(RSA, "client", RSA, "client");

    private static final Map<String, UnaryOperator<String>> WRAPPINGS = wrappings();

    private static Map<String, UnaryOperator<String>> wrappings() {
        Map<String, UnaryOperator<String>> wrappings = new LinkedHashMap<>();
        wrappings.put("as written", text -> text);
        wrappings.put("CRLF", text -> text.replace("\n", "\r\n"));
        wrappings.put("CR", text -> text.replace("\n", "\r"));
        wrappings.put("no last line end", String::strip);
        wrappings.put("literal \\n", text -> text.replace("\n", "\\n"));
        wrappings.put("blanks", text -> text.replace("\n", " "));
        wrappings.put("indented", text -> text.indent(4));
        wrappings.put("byte order mark", text -> "\ufeff" + text);
        wrappings.put("base64", TestKeys::base64);
        wrappings.put("quoted", text -> '"' + text.replace("\n", "\\n") + '"');
        return wrappings;
    }

    static Stream<Arguments> stored() {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("PKCS#1", TestKeys.traditional(RSA));
        formats.put("PKCS#8", TestKeys.pkcs8(RSA));
        formats.put("OpenSSH", TestKeys.openSsh(RSA));
        return formats.entrySet().stream().flatMap(format -> WRAPPINGS.entrySet().stream()
                .map(wrapping -> Arguments.of(
                        format.getKey() + ", " + wrapping.getKey(),
                        wrapping.getValue().apply(format.getValue()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void everyShapeIsTheSameKey(String shape, String stored) {
        assertThat(Pkcs8Keys.rsa("privateKey", SecretValue.of(stored)).reveal()).isEqualTo(TestKeys.pkcs8(RSA));
        assertThat(Pkcs8Keys.delivered(
                                "clientKey",
                                SecretValue.of(stored),
                                Optional.of(SecretValue.of(TestKeys.pem(CERTIFICATE))))
                        .reveal())
                .isEqualTo(TestKeys.pkcs8(RSA));
    }

    @Test
    void aKeyOnACurveIsOneForTlsAlone() {
        SecretValue sec1 = SecretValue.of(TestKeys.traditional(EC));

        assertThat(Pkcs8Keys.delivered("clientKey", sec1, Optional.empty()).reveal())
                .startsWith("-----BEGIN PRIVATE KEY-----");
        assertThatThrownBy(() -> Pkcs8Keys.rsa("privateKey", sec1))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSUITABLE))
                .hasMessage("privateKey: it is not an RSA private key. Store the private key as PEM");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(TestKeys.pem(CERTIFICATE), "it is a certificate, not "),
                Arguments.of("ssh-rsa AAAAB3NzaC1yc2E me@example", "it is a public key, not "),
                Arguments.of(TestKeys.encryptedPkcs8(RSA), "the private key is encrypted"),
                Arguments.of(TestKeys.encryptedTraditional(RSA), "the private key is encrypted"),
                Arguments.of(TestKeys.encryptedOpenSsh(), "it is an encrypted OpenSSH key"),
                Arguments.of(TestKeys.pkcs8(RSA) + TestKeys.pkcs8(RSA), "it holds 2 private keys"),
                Arguments.of(TestKeys.pkcs8(RSA).substring(0, 400), "it is cut short"),
                Arguments.of("/etc/docker/key.pem", "it is the path of a file, not "),
                Arguments.of("{\"key\": \"canary\"}", "it is a JSON object with the members key, not "));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void whatIsNoKeyIsRefusedByName(String stored, String reason) {
        assertThatThrownBy(() -> Pkcs8Keys.rsa("privateKey", SecretValue.of(stored)))
                .hasMessageStartingWith("privateKey: " + reason)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> Pkcs8Keys.delivered("clientKey", SecretValue.of(stored), Optional.empty()))
                .hasMessageStartingWith("clientKey: " + reason);
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        SecretValue key = SecretValue.of(TestKeys.pkcs8(EC));
        Optional<SecretValue> certificate = Optional.of(SecretValue.of(TestKeys.pem(CERTIFICATE)));

        assertThatThrownBy(() -> Pkcs8Keys.delivered("clientKey", key, certificate))
                .hasMessageStartingWith("clientKey: the private key is not that of the certificate");
    }

    @Test
    void certificatesAreGivenWithoutWhatIsStoredWithThem() {
        String pem = TestKeys.pem(CERTIFICATE);
        String stored = (TestKeys.pkcs8(RSA) + "some text\n" + pem + pem).replace("\n", "\r\n");

        assertThat(Certificates.delivered("clientCertificate", SecretValue.of(stored))
                        .reveal())
                .isEqualTo(pem + pem);
    }

    @Test
    void whatIsNoCertificateIsRefusedByName() {
        assertThatThrownBy(() -> Certificates.delivered("clientCertificate", SecretValue.of(TestKeys.pkcs8(RSA))))
                .hasMessageStartingWith("clientCertificate: it is a private key, not a certificate");
        String damaged = TestKeys.pem(CERTIFICATE).replaceFirst("MII", "AAA");
        assertThatThrownBy(() -> Certificates.delivered("serverCaCertificate", SecretValue.of(damaged)))
                .hasMessageStartingWith("serverCaCertificate: a certificate is damaged");
    }

    @Test
    void theFirstCertificatesEndIsTold() {
        Instant end = Instant.parse("2031-05-06T07:08:09Z");
        String pem = TestKeys.pem(TestKeys.certificate(RSA, "client", RSA, "client", end)) + TestKeys.pem(CERTIFICATE);

        assertThat(Certificates.expiry(SecretValue.of(pem))).contains(end);
    }
}
