package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every Vault, be it the demo backend or a real one: reading, authentication, listing, leases. */
abstract class VaultContract extends VaultReadingContract {
    @Test
    void aTokenThatSomebodyRevokedIsReplaced() {
        write("ci/db", "{\"k\":\"v\"}");

        try (VaultSource source = ci()) {
            found(source, locator("secret/ci/db"));
            revokeAllOf("approle");
            assertThat(found(source, locator("secret/ci/db")).value().isEmpty()).isFalse();
        }
    }

    @Test
    void aWrongSecretIdIsNoLogin() {
        VaultLogin wrong = new VaultLogin.AppRole(
                "approle", roleId(), Optional.of(TextOrFile.of(SecretValue.of("11111111-2222"))), false);
        try (VaultSource source = source(url(), wrong)) {
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure.reason()).contains("role ID or secret ID is wrong");
        }
    }

    @Test
    void aUserLogsInWithItsPassword() {
        write("ci/db", "{\"k\":\"v\"}");
        try (VaultSource source =
                source(url(), new VaultLogin.UserPass("userpass", "jane", SecretValue.of(password())))) {
            assertThat(found(source, locator("secret/ci/db")).value().isEmpty()).isFalse();
        }
        try (VaultSource source = source(url(), new VaultLogin.UserPass("userpass", "jane", SecretValue.of("no")))) {
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure.reason()).contains("wrong username or password");
        }
    }

    @Test
    void aLoginWhereNothingIsMountedIsRefused() {
        try (VaultSource source = source(url(), new VaultLogin.Ldap("nothing", "jane", SecretValue.of("x")))) {
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure.getMessage()).contains("auth/nothing");
        }
    }

    @Test
    void aTokenThatVaultDoesNotKnowIsNoMissingPolicy() {
        try (VaultSource source = source(url(), new VaultLogin.Token(SecretValue.of("hvs.CAESIunknown")))) {
            assertThat(failure(source, locator("secret/ci/db")).fix())
                    .matches("(configure a new token|.*, or the token has expired).*");
            SourceCheck login = source.check(soon()).get(1);
            assertThat(login.problem().orElseThrow().problem()).isEqualTo(Problem.UNAUTHENTICATED);
        }
    }

    @Test
    void listingGivesCustomMetadataAsTags() {
        write("ci/listed/one", "{\"k\":\"v\"}");
        write("ci/listed/deep/two", "{\"k\":\"v\"}");
        write("ci/listed/gone", "{\"k\":\"v\"}");
        admin().write(
                        "secret/metadata/ci/listed/one",
                        "{\"custom_metadata\":{\"jenkins:credentials:type\":\"string\",\"team\":\"web\",\"description\":\"d\"}}");
        admin().write("secret/metadata/ci/listed/deep/two", "{\"custom_metadata\":{\"team\":\"ops\"}}");
        admin().write("secret/delete/ci/listed/gone", "{\"versions\":[1]}");

        try (VaultSource source = listing("secret/ci/listed", Map.of())) {
            List<SecretMetadata> all = source.list(soon());
            assertThat(all)
                    .extracting(SecretMetadata::name)
                    .containsExactlyInAnyOrder("secret/ci/listed/one", "secret/ci/listed/deep/two");
            SecretMetadata one =
                    all.stream().filter(s -> s.name().endsWith("one")).findAny().orElseThrow();
            assertThat(one.tags())
                    .containsEntry("jenkins:credentials:type", "string")
                    .containsEntry("team", "web");
            assertThat(one.description()).isEqualTo("d");
            assertThat(one.version().map(Integer::parseInt).orElseThrow()).isPositive();
            assertThat(one.changed()).isPresent();
        }
        try (VaultSource source = listing("secret/ci/listed/", Map.of("team", "ops"))) {
            assertThat(source.list(soon()))
                    .extracting(SecretMetadata::name)
                    .containsExactly("secret/ci/listed/deep/two");
        }
        try (VaultSource source = listing("secret/ci/listed/", Map.of("team", ""))) {
            assertThat(source.list(soon())).hasSize(2);
        }
    }

    @Test
    void listingWhatIsNotVersionedOrEmptyGivesNothing() {
        admin().write("kv1/ci/old", "{\"k\":\"v\"}");
        try (VaultSource source = listing("kv1/ci", Map.of())) {
            assertThat(source.list(soon())).isEmpty();
        }
        try (VaultSource source = listing("secret/ci/empty-folder", Map.of())) {
            assertThat(source.list(soon())).isEmpty();
        }
    }

    @Test
    void listingWhatIsDeniedIsAnErrorThatNamesTheCapability() {
        write("prod/db", "{\"k\":\"v\"}");
        try (VaultSource source = listing("secret/prod", Map.of())) {
            assertThatThrownBy(() -> source.list(soon())).isInstanceOfSatisfying(SecretException.class, e -> {
                assertThat(e.problem()).isEqualTo(Problem.DENIED);
                assertThat(e.fix()).isEqualTo("grant the token's policies list on secret/metadata/prod/");
            });
        }
    }

    @Test
    void theCheckTellsStateTokenAndListing() {
        write("ci/checked/one", "{\"k\":\"v\"}");
        try (VaultSource source = listing("secret/ci/checked", Map.of())) {
            List<SourceCheck> findings = source.check(soon());
            assertThat(findings).allMatch(SourceCheck::ok).hasSize(3);
            assertThat(findings.get(0).what()).contains("reach " + url(), "active");
            assertThat(findings.get(1).what()).contains("authenticate with AppRole at auth/approle", "policies", "ci");
            assertThat(findings.get(2).what()).isEqualTo("list secret/ci/checked (1 secret)");
        }
    }

    @Test
    void aLeaseIsRevokedAndOnceMoreIsNoError() {
        Lease lease = someLease();
        try (VaultSource source = ci()) {
            source.revoke(lease, soon());
            source.revoke(lease, soon());
            assertThatThrownBy(() -> source.renew(lease, soon()))
                    .isInstanceOfSatisfying(
                            SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
        }
    }
}
