package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.fetch;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds for every Vault, be it the demo backend or a real one. It must have: KV v2 at {@code secret/}, KV v1 at
 * {@code kv1/}; a policy {@code ci} that may read {@code secret/data/ci/*} and {@code kv1/ci/*}, read and list {@code
 * secret/metadata/ci/*}, list {@code secret/metadata/ci/}, and update {@code sys/leases/revoke}; an AppRole and a
 * userpass user {@code jane} with that policy.
 */
@Timeout(120)
abstract class VaultContract {
    /** What sources are given. */
    abstract URI url();

    /** Where the same backend is reached by TCP. */
    URI adminUrl() {
        return url();
    }

    abstract String rootToken();

    abstract String roleId();

    abstract String secretId();

    /** A password of the user {@code jane}. */
    abstract String password();

    /** A lease that was just given. */
    abstract Lease someLease();

    private VaultApi admin() {
        return new VaultApi(adminUrl(), rootToken());
    }

    final VaultLogin appRole() {
        return new VaultLogin.AppRole(
                "approle", roleId(), Optional.of(TextOrFile.of(SecretValue.of(secretId()))), false);
    }

    private VaultSource ci() {
        return source(url(), appRole());
    }

    private VaultSource root() {
        return source(url(), new VaultLogin.Token(SecretValue.of(rootToken())));
    }

    private VaultSource listing(String prefix, Map<String, String> tags) {
        SourceFilter filter = new SourceFilter(Optional.of(prefix), tags, Optional.empty());
        return source(VaultSettings.of(url(), appRole()), filter, Clock.systemUTC());
    }

    private void write(String path, String members) {
        admin().write("secret/data/" + path, "{\"data\":" + members + "}");
    }

    @Test
    void aVersionedSecretComesWholeWithVersionAndTime() {
        write("ci/db", "{\"host\":\"h\",\"port\":5432,\"username\":\"u\",\"password\":\"p\",\"tls\":true}");

        try (VaultSource source = ci()) {
            SecretPayload payload = found(source, locator("secret/ci/db"));
            assertThat(payload.shape()).isEqualTo(SecretPayload.Shape.MEMBERS);
            assertThat(payload.confidential()).isTrue();
            assertThat(payload.value().reveal()).contains("\"port\":5432", "\"password\":\"p\"", "\"tls\":true");
            assertThat(payload.version().map(Integer::parseInt).orElseThrow()).isPositive();
            assertThat(payload.changed().orElseThrow()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(payload.lease()).isEmpty();
        }
    }

    @Test
    void versionsThatAreThereDeletedDestroyedOrNeverWereAreToldApart() {
        for (int version = 1; version <= 4; version++) {
            write("ci/versions", "{\"n\":" + version + "}");
        }
        admin().write("secret/delete/ci/versions", "{\"versions\":[2]}");
        admin().write("secret/destroy/ci/versions", "{\"versions\":[3]}");

        try (VaultSource source = ci()) {
            assertThat(found(source, locator("secret/ci/versions", 1)).value().reveal())
                    .isEqualTo("{\"n\":1}");
            assertThat(found(source, locator("secret/ci/versions")).version()).contains("4");
            SecretException deleted = failure(source, locator("secret/ci/versions", 2));
            assertThat(deleted.problem()).isEqualTo(Problem.DELETED);
            assertThat(deleted.reason()).isEqualTo("version 2 is deleted");
            SecretException destroyed = failure(source, locator("secret/ci/versions", 3));
            assertThat(destroyed.problem()).isEqualTo(Problem.DELETED);
            assertThat(destroyed.reason()).isEqualTo("version 3 was destroyed");
            assertThat(failure(source, locator("secret/ci/versions", 99)).problem())
                    .isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void aSecretWhoseCurrentVersionIsDeletedIsNoMissingOne() {
        write("ci/deleted", "{\"k\":\"v\"}");
        admin().write("secret/delete/ci/deleted", "{\"versions\":[1]}");

        try (VaultSource source = ci()) {
            assertThat(failure(source, locator("secret/ci/deleted")).problem()).isEqualTo(Problem.DELETED);
            assertThat(failure(source, locator("secret/ci/never")).problem()).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void anUnversionedSecretIsReadAsItIs() {
        admin().write("kv1/ci/old", "{\"k\":\"v\"}");

        try (VaultSource source = ci()) {
            SecretPayload payload = found(source, locator("kv1/ci/old"));
            assertThat(payload.value().reveal()).isEqualTo("{\"k\":\"v\"}");
            assertThat(payload.version()).isEmpty();
            assertThat(payload.lease()).isEmpty();
            assertThat(failure(source, locator("kv1/ci/none")).problem()).isEqualTo(Problem.NOT_FOUND);
            SecretException versioned = failure(source, locator("kv1/ci/old", 1));
            assertThat(versioned.problem()).isEqualTo(Problem.MALFORMED);
            assertThat(versioned.reason()).contains("kv1/ stores none");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ci/a b, ci/a%20b",
                "ci/büro, ci/b%C3%BCro",
                "ci/a#b, ci/a%23b",
                "ci/a?b, ci/a%3Fb",
                "ci/100%, ci/100%25",
                "ci/a+b, ci/a%2Bb",
            })
    void oddPathsArriveAsTheyAre(String path, String encoded) {
        write(encoded, "{\"k\":\"v\"}");

        try (VaultSource source = ci()) {
            assertThat(found(source, locator("secret/" + path)).value().reveal())
                    .isEqualTo("{\"k\":\"v\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"k\":\"line\\nline\\r\\n\\ttab\"}",
                "{\"k\":\"quote\\\" backslash\\\\ $HOME\"}",
                "{\"k\":\"ünïcode 😀\"}",
                "{\"k\":\"\"}",
                "{\"k\":null}",
                "{\"k\":{\"nested\":[1,{\"deep\":true}]}}",
            },
            delimiter = '|')
    void valuesComeAsTheyWereWritten(String members) throws IOException {
        write("ci/values", members);

        try (VaultSource source = ci()) {
            // A server may spell a character as an escape that was none.
            byte[] value = found(source, locator("secret/ci/values")).value().bytes();
            assertThat(new ObjectMapper().readTree(value)).isEqualTo(new ObjectMapper().readTree(members));
        }
    }

    @Test
    void aValueOf64KiBComesWhole() {
        String members = "{\"k\":\"" + "x".repeat(64 * 1024) + "\"}";
        write("ci/large", members);

        try (VaultSource source = ci()) {
            assertThat(found(source, locator("secret/ci/large")).value().reveal())
                    .isEqualTo(members);
        }
    }

    @Test
    void oneThatFailsDoesNotTouchTheOthers() {
        write("ci/one", "{\"k\":\"1\"}");
        write("ci/two", "{\"k\":\"2\"}");
        write("prod/db", "{\"k\":\"3\"}");

        try (VaultSource source = ci()) {
            Map<?, Outcome> outcomes = fetch(
                    source,
                    locator("secret/ci/one"),
                    locator("secret/ci/two"),
                    locator("secret/ci/none"),
                    locator("secret/prod/db"),
                    locator("secret/../x"));
            assertThat(outcomes).hasSize(5);
            assertThat(outcomes.get(locator("secret/ci/two"))).isInstanceOf(Outcome.Found.class);
            assertThat(outcomes.get(locator("secret/prod/db"))).isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void aDeniedPathIsNamedWithTheCapabilityItLacks() {
        write("prod/db", "{\"k\":\"v\"}");

        try (VaultSource source = ci()) {
            SecretException failure = failure(source, locator("secret/prod/db"));
            assertThat(failure.problem()).isEqualTo(Problem.DENIED);
            assertThat(failure.getMessage())
                    .isEqualTo("vault:secret/prod/db: permission denied (403)."
                            + " Grant the token's policies read on secret/data/prod/db");
        }
    }

    @Test
    void aMountThatIsNotThereIsNotToldFromADeniedOneAsVaultDoesNot() {
        try (VaultSource source = ci()) {
            SecretException failure = failure(source, locator("nowhere/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.DENIED);
            assertThat(failure.fix()).contains("in the source's mounts");
        }
        try (VaultSource source = root()) {
            SecretException failure = failure(source, locator("nowhere/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void aTokenThatSomebodyRevokedIsReplaced() {
        write("ci/db", "{\"k\":\"v\"}");

        try (VaultSource source = ci()) {
            found(source, locator("secret/ci/db"));
            revokeAllOf("approle");
            assertThat(found(source, locator("secret/ci/db")).value().isEmpty()).isFalse();
        }
    }

    /** Ends every token that this mount's logins made. */
    abstract void revokeAllOf(String authMount);

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
