package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Client certificates for Docker, GitHub Apps and tokens of GitLab, as a block has them. */
class ConnectionKindsTest {
    private static final KeyPair CA = TestKeys.rsa();
    private static final KeyPair KEY = TestKeys.rsa();
    private static final String ROOT = TestKeys.pem(TestKeys.certificate(CA, "root", CA, "root"));
    private static final X509Certificate CLIENT = TestKeys.certificate(KEY, "client", CA, "root");

    @Test
    void aDockerClientFindsKeyCertificateAndAuthorityInOneDirectory() {
        BoundEnvironment bound = bind(
                define(Kinds.X509_CLIENT_CERT, Map.of("from", "sm:ci/x")),
                docker(TestKeys.traditional(KEY), TestKeys.pem(CLIENT), ROOT).replace("\\n", "\\r\\n"));

        assertThat(bound.files())
                .allSatisfy(file -> {
                    assertThat(file.variable()).isEqualTo("DOCKER_CERT_PATH");
                    assertThat(file.directory()).isTrue();
                })
                .extracting(BoundFile::path)
                .containsExactly("DOCKER_CERT_PATH/key.pem", "DOCKER_CERT_PATH/cert.pem", "DOCKER_CERT_PATH/ca.pem");
        assertThat(bound.files())
                .extracting(file -> file.content().reveal())
                .containsExactly(TestKeys.pkcs8(KEY), TestKeys.pem(CLIENT), ROOT);
        assertThat(bound.variables()).containsEntry("DOCKER_TLS_VERIFY", SecretValue.of("1"));
        assertThat(bound.secrets())
                .as("the key as it is stored and as it is delivered, and no certificate")
                .contains(
                        SecretValue.of(TestKeys.pkcs8(KEY)),
                        SecretValue.of(TestKeys.traditional(KEY).replace("\n", "\r\n")))
                .noneMatch(secret -> secret.reveal().startsWith("-----BEGIN CERTIFICATE"));
    }

    @Test
    void whatVaultsPkiEngineWritesIsReadByItsMembers() {
        String issued = JsonTree.object()
                .put("certificate", TestKeys.pem(CLIENT))
                .put("issuing_ca", ROOT)
                .put("private_key", TestKeys.traditional(KEY))
                .put("private_key_type", "rsa")
                .toString();

        assertThat(bind(define(Kinds.X509_CLIENT_CERT, Map.of("from", "sm:ci/x")), issued)
                        .files())
                .hasSize(3);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        CredentialDefinition definition = define(Kinds.X509_CLIENT_CERT, Map.of("from", "sm:ci/x"));

        assertThatThrownBy(() -> bind(definition, docker(TestKeys.pkcs8(CA), TestKeys.pem(CLIENT), ROOT)))
                .hasMessageContaining("x509ClientCert 'c', clientKey: ")
                .hasMessageContaining("the private key is not that of the certificate");
    }

    @Test
    void checkWarnsOfACertificateThatHasExpired() {
        X509Certificate old = TestKeys.certificate(KEY, "client", CA, "root", Instant.parse("2020-02-02T00:00:00Z"));
        CredentialDefinition definition = define(Kinds.X509_CLIENT_CERT, Map.of("from", "sm:ci/x"));
        ResolvedCredential resolved = ResolvedCredential.of(
                definition, snapshot(definition, docker(TestKeys.pkcs8(KEY), TestKeys.pem(old), ROOT)));

        assertThat(Kinds.X509_CLIENT_CERT.remarks(resolved, Instant.parse("2020-03-01T00:00:00Z")))
                .extracting(SecretException::getMessage)
                .containsExactly("clientCertificate: the certificate expired on 2020-02-02. Store a renewed one");
        assertThat(Kinds.X509_CLIENT_CERT.remarks(
                        resolved, Instant.parse("2020-02-02T00:00:00Z").minus(Duration.ofDays(1))))
                .isEmpty();
    }

    @Test
    void aGitHubAppHasItsIdAndItsKeyInAFile() {
        String stored = TestKeys.traditional(KEY);
        BoundEnvironment bound = bind(
                define(
                        Kinds.GITHUB_APP,
                        Map.of(
                                "appId", "4711",
                                "owner", "acme",
                                "apiUri", "https://github.example/api/v3",
                                "privateKey", "sm:ci/x")),
                stored);

        assertThat(bound.variables())
                .containsEntry("GITHUB_ID", SecretValue.of("4711"))
                .containsEntry("GITHUB_OWNER", SecretValue.of("acme"))
                .containsEntry("GITHUB_API_URI", SecretValue.of("https://github.example/api/v3"));
        assertThat(bound.files()).singleElement().satisfies(file -> {
            assertThat(file.variable()).isEqualTo("GITHUB_PRIVATE_KEY_FILE");
            assertThat(file.content().reveal()).isEqualTo(TestKeys.pkcs8(KEY));
        });
        assertThat(bound.secrets()).contains(SecretValue.of(stored), SecretValue.of(TestKeys.pkcs8(KEY)));
    }

    @Test
    void anAddressThatIsNoUrlIsRefusedWhereItIsTyped() {
        assertThatThrownBy(() -> define(
                        Kinds.GITHUB_APP, Map.of("appId", "1", "privateKey", "sm:ci/x", "apiUri", "github.example")))
                .hasMessage("githubApp 'c', apiUri: it has no such value."
                        + " Expected a URL, such as https://github.example/api/v3");
    }

    @Test
    void aGitLabTokenGoesToOneVariable() {
        BoundEnvironment bound =
                bind(define(Kinds.GITLAB_TOKEN, Map.of("token", "sm:ci/x")), "glpat-canary-000000000000");

        assertThat(bound.variables()).containsOnlyKeys("C");
        assertThat(bound.secrets()).contains(SecretValue.of("glpat-canary-000000000000"));
    }

    private static String docker(String key, String certificate, String authority) {
        return JsonTree.object()
                .put("key", key)
                .put("cert", certificate)
                .put("ca", authority)
                .toString();
    }

    private static CredentialDefinition define(CredentialKind kind, Map<String, String> fields) {
        return new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER)).parse("c", kind, "", fields, false);
    }

    private static BoundEnvironment bind(CredentialDefinition definition, String stored) {
        return new BindingPlan().credential(definition, Optional.empty()).bind(snapshot(definition, stored));
    }

    private static Snapshot snapshot(CredentialDefinition definition, String stored) {
        Reference reference = definition.references().iterator().next();
        return new Snapshot(Map.of(
                reference.locator(),
                new SecretPayload(
                        Shape.TEXT,
                        SecretValue.of(stored),
                        true,
                        Optional.of("1"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())));
    }
}
