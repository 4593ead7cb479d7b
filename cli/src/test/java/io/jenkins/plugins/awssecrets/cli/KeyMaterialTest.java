package io.jenkins.plugins.awssecrets.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is stored in another shape than its consumer reads, on the command line and in {@code check}. */
@Timeout(60)
class KeyMaterialTest {
    private static final KeyPair RSA = TestKeys.rsa();
    private static final String KEY = TestKeys.openSsh(TestKeys.ed25519());
    private static final X509Certificate CERTIFICATE = TestKeys.certificate(RSA, "client", RSA, "client");
    private static final X509Certificate EXPIRED = TestKeys.certificate(
            RSA, "client", RSA, "client", Instant.parse("2020-02-02T00:00:00Z").plus(Duration.ofHours(1)));
    private static final byte[] STORE = TestKeys.store("PKCS12", "store-canary", RSA, CERTIFICATE);

    private static final String CONFIGURATION = """
            credentials:
              - sshKey: {id: crlf, privateKey: "sm:crlf"}
              - sshKey: {id: public, privateKey: "sm:public"}
              - sshKey: {id: locked, privateKey: "sm:locked"}
              - sshKey: {id: wrong, privateKey: "sm:locked", passphrase: "sm:password"}
              - certificate: {id: pem, keyStore: "sm:pem", password: "sm:password"}
              - certificate: {id: alone, keyStore: "sm:alone"}
              - certificate: {id: expired, keyStore: "sm:expired"}
              - certificate: {id: base64, keyStore: "vault:secret/cert#keystore", password: "sm:password"}
              - certificate: {id: closed, keyStore: "vault:secret/cert#keystore", password: "sm:public"}
              - file: {id: binary, content: "sm:file", encoding: base64}
            """;

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        String pem = TestKeys.pem(CERTIFICATE);
        demo = new DemoConfiguration(Seed.parse("""
                secretsManager:
                  - {name: crlf, string: %s}
                  - {name: public, string: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5canary ci@example"}
                  - {name: locked, string: %s}
                  - {name: password, string: store-canary}
                  - {name: pem, string: %s}
                  - {name: alone, string: %s}
                  - {name: expired, string: %s}
                  - {name: file, string: "AAEC/g=="}
                vault:
                  mounts:
                    - {path: secret, type: kv, version: 2, secrets: [{path: cert, data: {keystore: %s, other: x}}]}
                """.formatted(
                        text(KEY.strip().replace("\n", "\r\n")),
                        text(TestKeys.encryptedPkcs8(RSA)),
                        text(pem + TestKeys.pkcs8(RSA)),
                        text(pem),
                        text(TestKeys.pem(EXPIRED) + TestKeys.pkcs8(RSA)),
                        text(TestKeys.base64(STORE)))));
    }

    private static String text(String value) {
        return new TextNode(value).toString();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void whatIsUnambiguousIsGivenAsItsConsumerReadsIt() throws IOException {
        assertThat(new String(file("crlf", "_KEY_FILE"), UTF_8)).isEqualTo(KEY);
        assertThat(file("base64", "_KEYSTORE")).isEqualTo(STORE);
        assertThat(file("binary", "")).isEqualTo(new byte[] {0, 1, 2, (byte) 0xfe});
        assertThat(file("pem", "_KEYSTORE")).startsWith(0x30, 0x82);
    }

    @Test
    void whatIsSomethingElseIsRefusedByName() throws IOException {
        Cli.Result refused = exec("public", "true");

        assertThat(refused.status()).isEqualTo(70);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("sshKey 'public', privateKey: sm:public: it is a public key, not a private key")
                .doesNotContain("canary");
    }

    @Test
    void checkTellsWhatAThingIs() throws IOException {
        Cli.Result result = Cli.run("--config", config(), "check");

        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("ok      credential crlf: "))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "failed  credential public: sshKey 'public', privateKey: sm:public: it is a public key"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("warning credential locked: ")
                        .contains("the private key is encrypted, and the credential has no passphrase"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("failed  credential wrong: ")
                        .contains("the passphrase does not open the private key"))
                .anySatisfy(line -> assertThat(line).startsWith("ok      credential pem: "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("failed  credential alone: ")
                        .contains("it is a certificate without its private key"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("warning credential expired: ")
                        .contains("the certificate expired on 2020-02-02"))
                .anySatisfy(line -> assertThat(line).startsWith("ok      credential base64: "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("failed  credential closed: ")
                        .contains("the password does not open it"))
                .anySatisfy(line -> assertThat(line).startsWith("ok      credential binary: "));
        assertThat(result.out()).doesNotContain("canary");
        assertThat(result.status()).isEqualTo(70);
    }

    /** The file that a credential's variable leads to. */
    private byte[] file(String credential, String suffix) throws IOException {
        Path copy = directory.resolve("copy");
        Cli.Result result = exec(credential, "cat \"$X" + suffix + "\" > " + copy);
        assertThat(result.status()).as(result.err()).isZero();
        return Files.readAllBytes(copy);
    }

    private Cli.Result exec(String credential, String script) throws IOException {
        return Cli.run("--config", config(), "exec", "--credential", credential + "=X", "--", "sh", "-c", script);
    }

    private String config() throws IOException {
        return demo.write(directory.resolve("aws-secrets.yaml"), CONFIGURATION);
    }
}
