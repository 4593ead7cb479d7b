package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and certificates that Vault makes for one use, on the command line. */
@Timeout(60)
class MadeByVaultTest {
    private static final String SSH = "sshKey: {id: c, username: deploy, vaultSsh: {source: vault, role: ci}}";
    private static final String PKI =
            "certificate: {id: c, vaultPki: {source: vault, role: ci, commonName: job.ci.example}}";

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            vault:
              mounts:
                - {path: ssh, type: ssh, roles: {ci: {ttl: 30m, fields: {allowedUsers: "deploy,root"}}}}
                - {path: pki, type: pki, roles: {ci: {ttl: 30m, fields: {allowedDomain: ci.example}}, leased: {fields: {generateLease: "true"}}, unstored: {fields: {noStore: "true"}}}}
              policies:
                nothing: []
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void forget() {
        demo.backends().requests().clear();
    }

    @Test
    void aKeyAndItsCertificateLieBesideEachOtherForOneCall() throws IOException {
        Path out = directory.resolve("out");
        Cli.Result result = run(
                SSH,
                "{ echo $C_USERNAME; head -n 1 $C_KEY_FILE; cut -d' ' -f1 $C_CERTIFICATE_FILE;"
                        + " echo $C_KEY_FILE-cert.pub; echo $C_CERTIFICATE_FILE; stat -c %a $C_KEY_FILE; } > " + out);

        assertThat(result.status()).as(result.err()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.subList(0, 3))
                .containsExactly("deploy", "-----BEGIN OPENSSH PRIVATE KEY-----", "ssh-ed25519-cert-v01@openssh.com");
        assertThat(lines.get(3)).isEqualTo(lines.get(4));
        assertThat(lines.get(5)).isEqualTo("600");
        assertThat(Path.of(lines.get(4))).doesNotExist();
        assertThat(demo.backends().requests().count(Service.VAULT, "write")).isEqualTo(1);
    }

    @Test
    void eachUseHasAKeyOfItsOwnAndVaultNeverSeesIt() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        run(SSH, "cat $C_KEY_FILE > " + first);
        run(SSH, "cat $C_KEY_FILE > " + second);

        assertThat(first).content().isNotEqualTo(Files.readString(second)).contains("OPENSSH");
        assertThat(demo.backends().requests().all().toString()).doesNotContain("PRIVATE");
    }

    @Test
    void aCertificateComesAsAKeyStoreWithItsKeyAndChain() throws Exception {
        Path store = directory.resolve("store");
        Path password = directory.resolve("password");
        Cli.Result result = run(PKI, "cat $C_KEYSTORE > " + store + "; printf %s $C_PASSWORD > " + password);

        assertThat(result.status()).as(result.err()).isZero();
        KeyStore opened = KeyStore.getInstance("PKCS12");
        char[] secret = Files.readString(password).toCharArray();
        opened.load(new ByteArrayInputStream(Files.readAllBytes(store)), secret);
        X509Certificate certificate = (X509Certificate) opened.getCertificate("client");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=job.ci.example");
        assertThat(opened.getKey("client", secret).getAlgorithm()).isEqualTo("EC");
        assertThat(opened.getCertificateChain("client")).hasSize(2);
        assertThat(demo.backends().requests().all())
                .as("issued, and revoked when the command has ended")
                .filteredOn(request -> request.operation().equals("write"))
                .extracting(request -> String.join(" ", request.names()))
                .containsExactly("pki/issue/ci", "pki/revoke");
    }

    @Test
    void aCertificateThatVaultDoesNotStoreIsNotRevokedAndTheCommandSaysSo() throws IOException {
        Cli.Result result = run(PKI.replace("role: ci,", "role: unstored,"), "true");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .contains("vaultPki unstored, made by source vault: ")
                .containsPattern("a certificate is not revoked and expires at 2\\S+Z: ")
                .contains("no_store")
                .doesNotContain("!");
    }

    @Test
    void aLeaseOfTheCertificateEndsWithTheCommand() throws IOException {
        Cli.Result result = run(PKI.replace("role: ci,", "role: leased,"), "true");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(demo.backends().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
    }

    @Test
    void theKeyIsMasked() throws IOException {
        assertThat(run(SSH, "cat $C_KEY_FILE").out()).contains("****").doesNotContain("b3BlbnNzaC1rZXktdjE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sshKey: {id: c, username: other, vaultSsh: {source: vault, role: ci}}|77|allowed_users",
                "sshKey: {id: c, username: deploy, vaultSsh: {source: vault, role: none}}|66|ssh/sign/none",
                "sshKey: {id: c, username: deploy, vaultSsh: {source: vault, mount: none, role: ci}}|66|none/sign/ci",
                "certificate: {id: c, vaultPki: {source: vault, role: ci, commonName:"
                        + " evil.example}}|77|allowed_domains",
                "certificate: {id: c, vaultPki: {source: vault, role: ci, commonName: \"${job}.ci.example\"}}|77|no"
                        + " build asks",
                "sshKey: {id: c, vaultSsh: {source: vault}}|65|the setting role is missing",
                "sshKey: {id: c, vaultSsh: {source: sm, role: ci}}|65|a source of another kind",
                "sshKey: {id: c, vaultSsh: {source: vault, role: \"../x\"}}|65|role: it is not the name of a role",
                "sshKey: {id: c, vaultSsh: {source: vault, mount: \"a/../sys\", role: ci}}|65|mount",
                "sshKey: {id: c, vaultSsh: {source: vault, mount: sys, role: ci}}|65|Vault's own API",
                "sshKey: {id: c, vaultSsh: {source: vault, mount: auth/token, role: ci}}|65|Vault's own API",
                "sshKey: {id: c, privateKey: \"vault:a/b#c\", vaultSsh: {source: vault, role: ci}}|65|both privateKey"
                        + " and vaultSsh",
                "certificate: {id: c, vaultPki: {source: vault, role: ci}}|65|the setting commonName is missing",
                "certificate: {id: c, vaultPki: {source: vault, role: ci, commonName: \"a b\"}}|65|commonName",
                "certificate: {id: c, vaultPki: {source: vault, role: ci, commonName: \"^${user}.x\"}}|65|commonName",
            })
    void whatIsWrongIsToldByItsNameAndItsFix(String credential, int status, String named) throws IOException {
        Cli.Result result = run(credential, "true");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err()).contains(named).doesNotContain("!");
    }

    @Test
    void aPolicyThatAllowsNothingIsToldWithPathAndCapability() throws IOException {
        Cli.Result policy = Cli.run("--config", config(SSH + "\n  - " + PKI.replace("id: c", "id: d")), "policy");

        assertThat(policy.status()).as(policy.err()).isZero();
        assertThat(policy.out())
                .contains("path \"ssh/sign/ci\"", "path \"pki/issue/ci\"", "path \"pki/revoke\"", "\"update\"")
                .doesNotContain("!");
    }

    @Test
    void checkMakesThemAndAdviseHasNothingToRotate() throws IOException {
        String config = config(SSH + "\n  - " + PKI.replace("id: c", "id: d"));

        assertThat(Cli.run("--config", config, "check").out())
                .contains("ok      credential c: read ", "ok      credential d: read ");
        assertThat(Cli.run("--config", config, "advise")
                        .out()
                        .lines()
                        .filter(line -> line.contains("nothing stored, nothing to rotate")))
                .hasSize(2);
    }

    private Cli.Result run(String credential, String script) throws IOException {
        return Cli.run("--config", config(credential), "exec", "--credential", "c", "--", "sh", "-c", script);
    }

    private String config(String credential) throws IOException {
        Path file = directory.resolve("aws-secrets.yaml");
        return demo.write(file, "credentials:\n  - " + credential + "\n");
    }
}
