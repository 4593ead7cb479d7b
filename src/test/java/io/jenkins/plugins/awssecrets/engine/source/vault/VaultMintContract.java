package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.KeyStores;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every Vault does with keys to sign and certificates to issue. It has an SSH engine with the role {@code ci} for the
 * user {@code deploy}, and a PKI engine with the roles {@code ci}, {@code leased} and {@code unstored} for names below
 * {@code ci.example}, each of half an hour; the policy {@code mint} allows all but to revoke certificates.
 */
abstract class VaultMintContract {
    private static final Map<String, String> DEPLOY = Map.of("role", "ci", "username", "deploy");
    private static final Map<String, String> WEB = Map.of("role", "ci", "commonName", "web.ci.example");

    abstract URI url();

    abstract String rootToken();

    /** A token with the policy {@code mint}. */
    abstract String mintToken();

    @Test
    void aKeyIsSignedForItsUserAndEndsWithTheRole() {
        try (VaultSource source = root()) {
            SecretPayload payload = found(source, made("vaultSsh", DEPLOY));

            JsonNode made = json(payload);
            assertThat(made.path("privateKey").asText()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
            assertThat(made.path("certificate").asText()).startsWith("ssh-ed25519-cert-v01@openssh.com ");
            byte[] certificate = Base64.getDecoder()
                    .decode(made.path("certificate").asText().strip().split(" ")[1]);
            assertThat(new String(certificate, UTF_8)).contains("deploy");
            assertThat(Minting.expiration(payload)).hasValueSatisfying(this::isInHalfAnHour);
            assertThat(payload.lease()).isEmpty();
        }
    }

    @Test
    void aUserOrATtlThatTheRoleDoesNotAllowIsRefused() {
        try (VaultSource source = root()) {
            SecretException failure = failure(source, made("vaultSsh", Map.of("role", "ci", "username", "root")));

            assertThat(failure.problem()).isEqualTo(Problem.REFUSED);
            assertThat(failure.fix()).contains("allowed_users");
        }
    }

    @Test
    void aRoleOrAMountThatIsNotThereIsToldWithItsPath() {
        try (VaultSource source = root()) {
            for (Locator missing : new Locator[] {
                made("vaultSsh", Map.of("role", "none", "username", "deploy")),
                made("vaultPki", Map.of("role", "none", "commonName", "web.ci.example")),
                made("vaultPki", Map.of("mount", "none", "role", "ci", "commonName", "web.ci.example"))
            }) {
                SecretException failure = failure(source, missing);

                assertThat(failure.problem()).as(missing.toString()).isEqualTo(Problem.NOT_FOUND);
                assertThat(failure.reason()).contains("none");
            }
        }
    }

    @Test
    void aCertificateIsIssuedWithItsKeyAndItsEnd() throws Exception {
        try (VaultSource source = root()) {
            SecretPayload payload = found(source, made("vaultPki", WEB));

            X509Certificate certificate = certificate(payload);
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=web.ci.example");
            assertThat(Minting.expiration(payload))
                    .contains(certificate.getNotAfter().toInstant())
                    .hasValueSatisfying(this::isInHalfAnHour);
        }
    }

    @Test
    void aNameThatTheRoleDoesNotAllowIsRefused() {
        try (VaultSource source = root()) {
            SecretException failure =
                    failure(source, made("vaultPki", Map.of("role", "ci", "commonName", "evil.example")));

            assertThat(failure.problem()).isEqualTo(Problem.REFUSED);
            assertThat(failure.fix()).contains("allowed_domains");
        }
    }

    @Test
    void aCertificateWithoutALeaseIsRevokedByItsSerialNumber() throws Exception {
        try (VaultSource source = root()) {
            SecretPayload payload = found(source, made("vaultPki", WEB));
            Lease lease = payload.lease().orElseThrow();
            assertThat(lease.isCertificate()).isTrue();
            assertThat(lease.renewable()).isFalse();
            assertThat(lease).hasToString("certificate valid for " + lease.seconds() + " s");
            assertThat(isRevoked(payload)).isFalse();

            source.revoke(lease, soon());

            assertThat(isRevoked(payload)).isTrue();
            source.revoke(lease, soon());
        }
    }

    @Test
    void aCertificateWithALeaseIsRevokedByIt() throws Exception {
        try (VaultSource source = root()) {
            SecretPayload payload =
                    found(source, made("vaultPki", Map.of("role", "leased", "commonName", "web.ci.example")));
            Lease lease = payload.lease().orElseThrow();
            assertThat(lease.id()).startsWith("pki/issue/leased/");

            source.revoke(lease, soon());

            assertThat(isRevoked(payload)).isTrue();
        }
    }

    @Test
    void whereThePolicyDoesNotAllowItTheErrorSaysWhenTheCertificateEndsAndWhatLacks() throws Exception {
        try (VaultSource source = source(url(), new VaultLogin.Token(SecretValue.of(mintToken())))) {
            SecretPayload payload = found(source, made("vaultPki", WEB));

            assertThatThrownBy(() -> source.revoke(payload.lease().orElseThrow(), soon()))
                    .isInstanceOfSatisfying(SecretException.class, e -> {
                        assertThat(e.problem()).isEqualTo(Problem.DENIED);
                        assertThat(e.permission()).contains(new Permission("update", "pki/revoke"));
                        assertThat(e.reason())
                                .isEqualTo("a certificate is not revoked and expires at "
                                        + Minting.expiration(payload).orElseThrow() + ": permission denied (403)");
                    });
            assertThat(isRevoked(payload)).isFalse();
        }
    }

    @Test
    void aCertificateThatVaultDoesNotStoreIsToldAsSuch() {
        try (VaultSource source = root()) {
            SecretPayload payload =
                    found(source, made("vaultPki", Map.of("role", "unstored", "commonName", "web.ci.example")));

            assertThatThrownBy(() -> source.revoke(payload.lease().orElseThrow(), soon()))
                    .hasMessageContaining(" expires at ")
                    .hasMessageContaining("no_store");
        }
    }

    private VaultSource root() {
        return source(url(), new VaultLogin.Token(SecretValue.of(rootToken())));
    }

    private static Locator made(String way, Map<String, String> settings) {
        return locator(new Minting(way, settings).name());
    }

    private static JsonNode json(SecretPayload payload) {
        return JsonTree.read(payload.value().bytes()).orElseThrow();
    }

    private void isInHalfAnHour(Instant end) {
        assertThat(Duration.between(Instant.now(), end)).isBetween(Duration.ofMinutes(25), Duration.ofMinutes(31));
    }

    private static X509Certificate certificate(SecretPayload payload) throws Exception {
        JsonNode made = json(payload);
        String password = made.path("password").asText();
        SecretValue delivered = KeyStores.delivered(
                "keyStore", SecretValue.of(made.path("keyStore").asText()), Optional.of(SecretValue.of(password)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(delivered.bytes()), password.toCharArray());
        return (X509Certificate) store.getCertificate("client");
    }

    /** As an administrator sees it. */
    private boolean isRevoked(SecretPayload payload) throws Exception {
        String hex = certificate(payload).getSerialNumber().toString(16);
        String serial = (hex.length() % 2 == 0 ? hex : "0" + hex).replaceAll("(..)(?=.)", "$1-");
        return new VaultApi(url(), rootToken())
                        .read("pki/cert/" + serial)
                        .at("/data/revocation_time")
                        .asLong()
                > 0;
    }
}
