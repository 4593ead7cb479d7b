package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TlsContexts;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Logins that prove who the caller is and send no secret: an IAM principal and a TLS certificate. */
@Timeout(120)
class VaultIdentityDemoTest {
    private static final String PASSWORD = "changeit";
    private static final Locator SECRET = new Locator("vault", "secret/ci/db", Optional.empty());
    private static final Seed SEED = Seed.parse("""
            aws:
              accessKeys: [{ id: AKIACI, secret: ci-secret, user: ci }, { id: AKIAOTHER, secret: o, user: other }]
            vault:
              policies: { ci: [{ path: secret/data/ci/*, capabilities: [read] }] }
              mounts: [{ path: secret, secrets: [{ path: ci/db, data: { k: v } }] }]
              auth:
                - type: aws
                  accept:
                    - { with: { role: ci, arn: "arn:aws:iam::123456789012:user/ci" }, policies: [ci] }
                - { type: cert, accept: [{ with: { common_name: client }, policies: [ci] }] }
            """);

    @TempDir
    Path folder;

    private static String read(VaultSettings settings) {
        try (VaultSource source = new VaultSource("vault", settings, SourceFilter.NONE)) {
            Outcome outcome = source.fetch(List.of(SECRET), Deadline.in(Duration.ofSeconds(20)))
                    .get(SECRET);
            if (outcome instanceof Outcome.Failed failed) {
                throw failed.why();
            }
            return ((Outcome.Found) outcome).payload().value().reveal();
        }
    }

    private static void assertRefused(VaultSettings settings) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAUTHENTICATED));
    }

    private static VaultLogin iam(String keyId, String secret) {
        return new VaultLogin.AwsIam(
                "aws",
                Optional.of("ci"),
                Optional.empty(),
                "us-east-1",
                Optional.empty(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)));
    }

    @Test
    void anIamPrincipalLogsInByItsSignature() {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            assertThat(read(VaultSettings.of(backends.vault(), iam("AKIACI", "ci-secret"))))
                    .isEqualTo("{\"k\":\"v\"}");
            assertRefused(VaultSettings.of(backends.vault(), iam("AKIACI", "forged")));
            assertRefused(VaultSettings.of(backends.vault(), iam("AKIAOTHER", "o")));
        }
    }

    @Test
    void aClientCertificateLogsInByItsName() throws Exception {
        KeyStore server = keys("server", "-ext", "SAN=IP:127.0.0.1");
        KeyStore client = keys("client");
        KeyStore other = keys("other");
        TextOrFile trusted = pem(List.of(client, other));
        Options tls = Options.DEFAULT.withVaultTls(
                new TlsContexts("demo").context(Optional.of(trusted), Optional.of(identity(server))));
        try (DemoBackends backends = DemoBackends.start(SEED, tls)) {
            VaultSettings settings = VaultSettings.of(backends.vault(), new VaultLogin.Agent());

            assertThat(backends.vault().getScheme()).isEqualTo("https");
            assertThat(read(certificate(settings, server, client))).isEqualTo("{\"k\":\"v\"}");
            assertRefused(certificate(settings, server, other));
        }
    }

    private static VaultSettings certificate(VaultSettings settings, KeyStore server, KeyStore client)
            throws GeneralSecurityException {
        return new VaultSettings(
                settings.url(),
                Optional.empty(),
                new VaultLogin.Certificate("cert", Optional.empty()),
                Optional.of(pem(List.of(server))),
                Optional.of(identity(client)),
                Optional.empty(),
                VaultSettings.CONNECT_TIMEOUT,
                VaultSettings.REQUEST_TIMEOUT);
    }

    private static ClientIdentity identity(KeyStore store) {
        return new ClientIdentity.Store(store, SecretValue.of(PASSWORD));
    }

    private static TextOrFile pem(List<KeyStore> stores) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (KeyStore store : stores) {
            String alias = store.aliases().nextElement();
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(store.getCertificate(alias).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return TextOrFile.of(SecretValue.of(text.toString()));
    }

    /** A key with a certificate of its own, made by the JDK's keytool for this run. */
    private KeyStore keys(String name, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
