package io.jenkins.plugins.awssecrets.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyStoresTest {
    private static final String PASSWORD = TestKeys.PASSPHRASE;
    private static final KeyPair CA = TestKeys.ec("secp256r1");
    private static final KeyPair KEY = TestKeys.rsa();
    private static final KeyPair EC = TestKeys.ec("secp384r1");
    private static final KeyPair ED25519 = TestKeys.ed25519();
    private static final X509Certificate ROOT = TestKeys.certificate(CA, "root", CA, "root");
    private static final X509Certificate CERTIFICATE = TestKeys.certificate(KEY, "client", CA, "root");
    private static final X509Certificate OTHER = TestKeys.certificate(EC, "other", CA, "root");
    private static final byte[] PKCS12 = TestKeys.store("PKCS12", PASSWORD, KEY, CERTIFICATE, ROOT);

    static Stream<Arguments> pems() {
        String certificate = TestKeys.pem(CERTIFICATE);
        Map<String, String> stored = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("PKCS#8", TestKeys.pkcs8(KEY));
        keys.put("PKCS#1", TestKeys.traditional(KEY));
        keys.put("PKCS#8 encrypted", TestKeys.encryptedPkcs8(KEY));
        keys.put("PKCS#1 encrypted", TestKeys.encryptedTraditional(KEY));
        keys.put("OpenSSH", TestKeys.openSsh(KEY));
        keys.forEach((name, key) -> {
            stored.put("certificate, then key in " + name, certificate + key);
            stored.put("key in " + name + ", then certificate", key + certificate);
            stored.put("key in " + name + ", CRLF", (key + certificate).replace("\n", "\r\n"));
            stored.put("key in " + name + ", literal \\n", (key + certificate).replace("\n", "\\n"));
            stored.put("key in " + name + ", on one line", (key + certificate).replace('\n', ' '));
            stored.put("key in " + name + ", base64", TestKeys.base64(key + certificate));
            stored.put("key in " + name + ", as JSON text", new TextNode(key + certificate).toString());
        });
        stored.put("chain in any order", TestKeys.pem(ROOT) + TestKeys.pkcs8(KEY) + certificate);
        stored.put(
                "as openssl pkcs12 prints it",
                "Bag Attributes\n    friendlyName: client\nsubject=CN = client\n" + certificate + "Bag Attributes\n"
                        + TestKeys.pkcs8(KEY));
        stored.put("EC", TestKeys.pem(TestKeys.certificate(EC, "client", CA, "root")) + TestKeys.traditional(EC));
        stored.put(
                "Ed25519", TestKeys.pem(TestKeys.certificate(ED25519, "client", CA, "root")) + TestKeys.pkcs8(ED25519));
        return stored.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pems")
    void aPemCertificateWithItsKeyBecomesAPkcs12Store(String name, String stored) throws Exception {
        KeyStore store = open(deliver(stored));

        assertThat(store.isKeyEntry("client")).isTrue();
        assertThat(store.getKey("client", PASSWORD.toCharArray())).isNotNull();
        assertThat(((X509Certificate) store.getCertificate("client"))
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=client");
    }

    @Test
    void theCertificatesThatLeadToTheRootAreInOrderAndOthersAreKept() throws Exception {
        KeyStore store = open(
                deliver(TestKeys.pem(OTHER) + TestKeys.pem(ROOT) + TestKeys.pkcs8(KEY) + TestKeys.pem(CERTIFICATE)));

        assertThat(store.getCertificateChain("client")).containsExactly(CERTIFICATE, ROOT);
        assertThat(store.getCertificate("ca1")).isEqualTo(OTHER);
    }

    static Stream<Arguments> stores() {
        return Stream.of(
                Arguments.of("as it is", PKCS12),
                Arguments.of("base64", bytes(TestKeys.base64(PKCS12))),
                Arguments.of("base64 in lines", bytes(TestKeys.base64(PKCS12).replaceAll("(.{64})", "$1\r\n"))),
                Arguments.of(
                        "base64 for URLs",
                        bytes(TestKeys.base64(PKCS12).replace('+', '-').replace('/', '_'))),
                Arguments.of("base64 twice", bytes(TestKeys.base64(TestKeys.base64(PKCS12)))),
                Arguments.of("base64 as JSON text", bytes('"' + TestKeys.base64(PKCS12) + '"')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void aPkcs12StoreIsGivenByteForByte(String name, byte[] stored) {
        assertThat(KeyStores.delivered("keyStore", SecretValue.of(stored), password(PASSWORD))
                        .bytes())
                .isEqualTo(PKCS12);
    }

    @Test
    void aJavaKeyStoreIsConvertedWithItsPassword() throws Exception {
        for (String type : new String[] {"JKS", "JCEKS"}) {
            byte[] java = TestKeys.store(type, PASSWORD, KEY, CERTIFICATE);
            SecretValue delivered = KeyStores.delivered("keyStore", SecretValue.of(java), password(PASSWORD));

            assertThat(open(delivered).getKey("key", PASSWORD.toCharArray())).isNotNull();
            assertThat(KeyText.of(delivered).blocks()).singleElement().satisfies(block -> assertThat(block.label())
                    .isEqualTo(DerContent.PKCS12));
        }
    }

    @Test
    void aStoreWhosePasswordIsKeptElsewhereIsNotOpened() {
        assertThat(KeyStores.delivered("keyStore", SecretValue.of(PKCS12), Optional.empty())
                        .bytes())
                .isEqualTo(PKCS12);
    }

    static Stream<Arguments> others() {
        String certificate = TestKeys.pem(CERTIFICATE);
        String key = TestKeys.pkcs8(KEY);
        return Stream.of(
                Arguments.of(bytes(certificate), "it is a certificate without its private key"),
                Arguments.of(bytes(certificate + TestKeys.pem(ROOT)), "it is a certificate without its private key"),
                Arguments.of(TestKeys.der(certificate), "it is a certificate without its private key"),
                Arguments.of(bytes(key), "it is a private key without its certificate"),
                Arguments.of(bytes(key + TestKeys.pem(OTHER)), "the private key is not that of the certificate"),
                Arguments.of(
                        bytes(key + TestKeys.pem(OTHER) + TestKeys.pem(ROOT)), "that of none of the 2 certificates"),
                Arguments.of(bytes(key + TestKeys.pkcs8(EC) + certificate), "it holds 2 private keys"),
                Arguments.of(Arrays.copyOf(PKCS12, 300), "it is binary and in no known format"),
                Arguments.of(damaged(PKCS12), "the key store is damaged"),
                Arguments.of(TestKeys.store("PKCS12", PASSWORD, null, ROOT), "holds certificates and no private key"),
                Arguments.of(TestKeys.store("PKCS12", "other", KEY, CERTIFICATE), "the password does not open it"),
                Arguments.of(
                        TestKeys.store("JKS", "other!", KEY, CERTIFICATE),
                        "it is a Java key store (JKS), and the password"),
                Arguments.of(bytes(certificate.replaceFirst("\n.{64}\n", "\n") + key), "a certificate is damaged"),
                Arguments.of(bytes(certificate + key.replaceFirst("\n.{64}\n", "\n")), "the private key is damaged"),
                Arguments.of(bytes(certificate + TestKeys.encryptedOpenSsh()), "it is an encrypted OpenSSH key"),
                Arguments.of(bytes("ssh-rsa AAAAB3NzaC1yc2E me"), "it is a public key"),
                Arguments.of(bytes("/etc/ssl/client.p12"), "the path of a file"),
                Arguments.of(
                        bytes("{\"certificate\": \"x\", \"private_key\": \"y\"}"), "members certificate, private_key"),
                Arguments.of(bytes("changeit"), "text in no known format"),
                Arguments.of(new byte[] {1, 2, (byte) 0xff}, "it is binary and in no known format"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatIsSomethingElseIsRefusedByItsName(byte[] stored, String named) {
        assertThatThrownBy(() -> KeyStores.delivered("keyStore", SecretValue.of(stored), password(PASSWORD)))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(named)
                .hasMessageStartingWith("keyStore: ");
    }

    @Test
    void anEncryptedKeyWithoutOrWithAWrongPassphraseIsRefused() {
        String stored = TestKeys.pem(CERTIFICATE) + TestKeys.encryptedPkcs8(KEY);

        assertThatThrownBy(() -> KeyStores.delivered("keyStore", SecretValue.of(stored), Optional.empty()))
                .hasMessageContaining("the private key is encrypted, and no passphrase is given");
        assertThatThrownBy(() -> KeyStores.delivered("keyStore", SecretValue.of(stored), password("wrong")))
                .hasMessageContaining("the passphrase does not open the private key");
    }

    @Test
    void withoutAPasswordTheMadeStoreHasAnEmptyOne() throws Exception {
        SecretValue made = KeyStores.delivered(
                "keyStore", SecretValue.of(TestKeys.pem(CERTIFICATE) + TestKeys.pkcs8(KEY)), Optional.empty());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(made.bytes()), new char[0]);

        assertThat(store.getKey("client", new char[0])).isNotNull();
    }

    @Test
    void theEndOfACertificateIsKnown() {
        Instant end = Instant.now().minus(Duration.ofDays(3)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        X509Certificate expired = TestKeys.certificate(KEY, "client", CA, "root", end);

        assertThat(KeyStores.expiry(deliver(TestKeys.pem(expired) + TestKeys.pkcs8(KEY)), password(PASSWORD)))
                .contains(end);
    }

    private static byte[] damaged(byte[] store) {
        byte[] copy = store.clone();
        copy[80] ^= 0x55;
        copy[store.length / 2] ^= 0x55;
        for (int i = 40; i < 60; i++) {
            copy[i] = 0;
        }
        return copy;
    }

    private static Optional<SecretValue> password(String text) {
        return Optional.of(SecretValue.of(text));
    }

    private static SecretValue deliver(String stored) {
        return KeyStores.delivered("keyStore", SecretValue.of(stored), password(PASSWORD));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyStore open(SecretValue pkcs12) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(pkcs12.bytes()), PASSWORD.toCharArray());
        return store;
    }
}
