package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.fetch;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How every Vault gives what is stored in it. */
abstract class VaultReadingContract extends VaultOfContract {
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
}
