package io.jenkins.plugins.awssecrets.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SshKeysTest {
    private static final KeyPair RSA = TestKeys.rsa();
    private static final KeyPair EC = TestKeys.ec("secp256r1");
    private static final KeyPair ED25519 = TestKeys.ed25519();
    private static final Optional<SecretValue> PASSPHRASE = Optional.of(SecretValue.of(TestKeys.PASSPHRASE));

    /** By name; each is as OpenSSL or ssh-keygen writes it. */
    private static final Map<String, String> FORMATS = StoredKeys.formats(RSA, EC, ED25519);

    /** What happens to a key on its way into a store. */
    private static final Map<String, Function<String, String>> WRAPPINGS = StoredKeys.wrappings();

    static Stream<Arguments> combinations() {
        return FORMATS.keySet().stream()
                .flatMap(format -> WRAPPINGS.keySet().stream().map(wrapping -> Arguments.of(format, wrapping)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("combinations")
    void aKeyIsRepairedWhateverHappenedToItsLines(String format, String wrapping) {
        String key = FORMATS.get(format);

        SecretValue delivered = deliver(WRAPPINGS.get(wrapping).apply(key));

        assertThat(delivered.reveal()).isEqualTo(key);
    }

    @Test
    void utf16IsRead() {
        String key = FORMATS.get("PKCS#1");

        assertThat(deliver(("\ufeff" + key).getBytes(StandardCharsets.UTF_16LE)).reveal())
                .isEqualTo(key);
        assertThat(deliver(("\ufeff" + key).getBytes(StandardCharsets.UTF_16BE)).reveal())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("derFormats")
    void derIsGivenItsPemLines(String format) {
        String key = FORMATS.get(format);

        assertThat(deliver(TestKeys.der(key)).reveal()).isEqualTo(key);
        assertThat(deliver(TestKeys.base64(TestKeys.der(key))).reveal()).isEqualTo(key);
    }

    static Stream<String> derFormats() {
        // A traditional encrypted key is nothing without its headers.
        return FORMATS.keySet().stream().filter(f -> !f.endsWith("1 encrypted"));
    }

    @Test
    void ed25519InPkcs8IsGivenInOpenSshsFormatWhichEveryVersionReads() {
        assertThat(KeyText.of(deliver(TestKeys.pkcs8(ED25519))).blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.label()).isEqualTo(PemBlock.OPENSSH));
    }

    @Test
    void parametersBeforeAKeyAndAPublicKeyBehindItAreLeftOut() {
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        String publicKey = new PemBlock("PUBLIC KEY", EC.getPublic().getEncoded()).text();

        assertThat(deliver(parameters + FORMATS.get("SEC1") + publicKey).reveal())
                .isEqualTo(FORMATS.get("SEC1"));
    }

    @Test
    void unusualLinesOfAWellFormedKeyStayAsTheyAre() {
        String wide = FORMATS.get("PKCS#1").replaceAll("(?m)^(?!-)(.{64})\n(.{10})", "$1$2\n");

        assertThat(deliver(wide).reveal()).isEqualTo(wide);
    }

    static Stream<Arguments> others() {
        KeyPair k1 = TestKeys.pair("RSA", null);
        String certificate = TestKeys.pem(TestKeys.certificate(RSA, "ci", RSA, "ci"));
        String publicSsh = "ssh-ed25519 " + TestKeys.base64(new byte[51]) + " ci@example";
        return Stream.of(
                Arguments.of(publicSsh.replace(" A", " AAAAC3"), "it is a public key, not a private key"),
                Arguments.of("ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB me", "it is a public key"),
                Arguments.of("ecdsa-sha2-nistp256 AAAAE2VjZHNh me", "it is a public key"),
                Arguments.of("sk-ssh-ed25519@openssh.com AAAAGnNrLXNz me", "it is a public key"),
                Arguments.of("ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1l me", "it is an OpenSSH certificate"),
                Arguments.of("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", "a public key"),
                Arguments.of(new PemBlock("PUBLIC KEY", RSA.getPublic().getEncoded()).text(), "it is a public key"),
                Arguments.of(TestKeys.base64(RSA.getPublic().getEncoded()), "it is a public key"),
                Arguments.of(certificate, "it is a certificate, not a private key"),
                Arguments.of(TestKeys.base64(TestKeys.der(certificate)), "it is a certificate"),
                Arguments.of(new PemBlock("CERTIFICATE REQUEST", new byte[] {48, 0}).text(), "signing request"),
                Arguments.of(new PemBlock("PGP PRIVATE KEY BLOCK", new byte[9]).text(), "a PGP private key block"),
                Arguments.of(new PemBlock("PKCS7", new byte[9]).text(), "a PKCS#7 bundle"),
                Arguments.of(new PemBlock("EC PARAMETERS", new byte[9]).text(), "parameters without a key"),
                Arguments.of("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none", "puttygen KEY.ppk"),
                Arguments.of("SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8", "a key's fingerprint"),
                Arguments.of("~/.ssh/id_ed25519", "the path of a file"),
                Arguments.of("/var/lib/jenkins/.ssh/id_rsa", "the path of a file"),
                Arguments.of("C:\\Users\\ci\\.ssh\\id_rsa", "the path of a file"),
                Arguments.of("arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf", "it is an ARN"),
                Arguments.of("{\"private_key\": \"x\", \"user\": \"git\"}", "members private_key, user"),
                Arguments.of("<html><body>login</body></html>", "an HTML or XML document"),
                Arguments.of("AGE-SECRET-KEY-1QQQQ", "a key for age"),
                Arguments.of("hunter2-canary", "text in no known format"),
                Arguments.of(
                        TestKeys.base64(TestKeys.store("PKCS12", "pw", k1, TestKeys.certificate(k1, "a", k1, "a"))),
                        "a PKCS#12 key store"),
                Arguments.of(
                        TestKeys.base64(TestKeys.store("JKS", "secret", k1, TestKeys.certificate(k1, "a", k1, "a"))),
                        "a Java key store"),
                Arguments.of(FORMATS.get("PKCS#1").substring(0, 400), "it is cut short"),
                Arguments.of(FORMATS.get("PKCS#1").replace("END RSA", "END EC"), "it is cut short"),
                Arguments.of(FORMATS.get("PKCS#1").replaceFirst("\n.{64}\n", "\n"), "the private key is damaged"),
                Arguments.of(
                        FORMATS.get("OpenSSH RSA").replaceFirst("\n.{70}\n.{70}\n", "\n"),
                        "the private key is damaged"),
                Arguments.of(
                        "-----BEGIN RSA PRIVATE KEY-----\n[redacted]\n-----END RSA PRIVATE KEY-----", "not base64"),
                Arguments.of("-----BEGIN RSA PRIVATE KEY-----\n\n-----END RSA PRIVATE KEY-----", "not base64"),
                Arguments.of("-----BEGIN", "its BEGIN line is incomplete"),
                Arguments.of(FORMATS.get("PKCS#1") + FORMATS.get("SEC1"), "it holds 2 private keys"),
                Arguments.of(TestKeys.pkcs8(TestKeys.pair("X25519", null)), "algorithm that SSH does not use"),
                Arguments.of(TestKeys.pkcs8(TestKeys.pair("Ed448", null)), "algorithm that SSH does not use"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatIsSomethingElseIsRefusedByItsNameWithNothingOfItsContent(String stored, String named) {
        assertThatThrownBy(() -> deliver(stored))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(named)
                .message()
                .satisfies(message -> assertThat(message)
                        .startsWith("privateKey: ")
                        .doesNotContain("canary", "AAAA", "id_rsa", "AbCdEf", "QQQQ", "nThbg"));
    }

    @Test
    void aPassphraseThatOpensNothingIsRefused() {
        Optional<SecretValue> wrong = Optional.of(SecretValue.of("wrong"));
        for (String format : new String[] {"PKCS#1 encrypted", "SEC1 encrypted", "PKCS#8 encrypted"}) {
            assertThatThrownBy(() -> SshKeys.delivered("privateKey", SecretValue.of(FORMATS.get(format)), wrong))
                    .as(format)
                    .hasMessageContaining("the passphrase does not open the private key");
        }
    }

    @Test
    void anEncryptedKeyIsKnownToNeedItsPassphrase() {
        FORMATS.forEach((format, key) -> assertThat(SshKeys.needsPassphrase(SecretValue.of(key)))
                .as(format)
                .isEqualTo(format.endsWith("encrypted")));
    }

    private static SecretValue deliver(String stored) {
        return deliver(stored.getBytes(StandardCharsets.UTF_8));
    }

    private static SecretValue deliver(byte[] stored) {
        return SshKeys.delivered("privateKey", SecretValue.of(stored), PASSPHRASE);
    }
}
