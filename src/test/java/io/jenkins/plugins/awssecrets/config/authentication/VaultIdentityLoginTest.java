package io.jenkins.plugins.awssecrets.config.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.FilesOfJenkins;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Options;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Vault sources of Jenkins that log in by who they are: a TLS certificate, a pod's service account. */
@WithJenkins
class VaultIdentityLoginTest {
    private static final Seed SEED = Seed.parse("""
        vault:
          policies: {ci: [{path: "secret/data/*", capabilities: [read]}]}
          mounts: [{path: secret, secrets: [{path: ci, data: {token: canary-31f0}}]}]
          auth:
            - {type: cert, path: tls, accept: [{with: {common_name: client}, policies: [ci]}]}
            - {type: kubernetes, path: cluster, accept: [{with: {role: ci, jwt: canary-pod-token}, policies: [ci]}]}
        """);

    @TempDir
    Path folder;

    private TlsKey server;
    private TlsKey client;
    private TlsKey other;
    private DemoBackends vault;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        server = TlsKey.make(folder, "server");
        client = TlsKey.make(folder, "client");
        other = TlsKey.make(folder, "other");
        vault = DemoBackends.start(SEED, Options.DEFAULT.withVaultTls(server.serving(client, other)));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void certificateThatJenkinsKeepsLogsIn() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new CertificateCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        "vault-client",
                        "",
                        TlsKey.PASSWORD,
                        new CertificateCredentialsImpl.UploadedKeyStoreSource(SecretBytes.fromBytes(client.pkcs12()))));
        SystemCredentialsProvider.getInstance().save();

        configure("certificate: {mount: tls}", "clientCertificate: {credentialsId: vault-client}");

        assertThat(read()).isEqualTo("canary-31f0");
    }

    @Test
    void certificateInTheConfigurationLogsInAndItsKeyIsEncryptedOnDisk() throws Exception {
        configure(
                "certificate: {mount: tls}",
                "clientCertificate: {certificate: " + quoted(client.certificate()) + ", privateKey: "
                        + quoted(client.key()) + "}");

        assertThat(read()).isEqualTo("canary-31f0");
        assertThat(FilesOfJenkins.with(client.key().split("\n")[1])).isEmpty();
    }

    @Test
    void certificateInFilesLogsIn() throws Exception {
        Path certificate = Files.writeString(folder.resolve("tls.crt"), client.certificate());
        Path key = Files.writeString(folder.resolve("tls.key"), client.key());

        configure(
                "certificate: {mount: tls}",
                "clientCertificate: {certificateFile: '" + certificate + "', privateKeyFile: '" + key + "'}");

        assertThat(read()).isEqualTo("canary-31f0");
    }

    @Test
    void anothersCertificateIsRefusedAndSaid() throws Exception {
        configure(
                "certificate: {mount: tls}",
                "clientCertificate: {certificate: " + quoted(other.certificate()) + ", privateKey: "
                        + quoted(other.key()) + "}");

        assertThatThrownBy(VaultIdentityLoginTest::read)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("authentication with TLS certificate at auth/tls")
                .hasMessageContaining("was refused")
                .hasMessageNotContaining("BEGIN")
                .hasMessageNotContaining(other.key().split("\n")[1]);
    }

    @Test
    void podsServiceAccountLogsInWithTheTokenThatItsFileHoldsThen() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "canary-pod-token-of-before");
        configure("kubernetes: {role: ci, mount: cluster, tokenFile: '" + token + "'}", "");

        assertThatThrownBy(VaultIdentityLoginTest::read)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("authentication with Kubernetes at auth/cluster")
                .hasMessageContaining("was refused")
                .hasMessageNotContaining("canary");
        // The cluster replaces the token before it ends.
        Files.writeString(token, "canary-pod-token");
        assertThat(read()).isEqualTo("canary-31f0");
    }

    @Test
    void missingTokenFileIsSaidWithItsPath() throws Exception {
        Path token = folder.resolve("nothing-here");
        configure("kubernetes: {role: ci, mount: cluster, tokenFile: '" + token + "'}", "");

        assertThatThrownBy(VaultIdentityLoginTest::read)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(token.toString());
    }

    private void configure(String auth, String more) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - vault:
                      url: "%s"
                      caCertificate: %s
                      auth: {%s}
                      %s
            """.formatted(vault.vault(), quoted(server.certificate()), auth, more));
    }

    /** As YAML on one line. */
    private static String quoted(String pem) {
        return '"' + pem.replace("\n", "\\n") + '"';
    }

    private static String read() {
        Reference reference = Reference.parse("vault:secret/ci#token");
        return Catalog.get()
                .in(Jenkins.get())
                .resolver()
                .resolve(List.of(reference), Deadline.in(Duration.ofSeconds(30)))
                .value(reference, false, false)
                .reveal();
    }
}
