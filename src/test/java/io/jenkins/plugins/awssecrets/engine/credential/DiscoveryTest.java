package io.jenkins.plugins.awssecrets.engine.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final FieldValue WHOLE = new FieldValue.Referenced(Reference.parse("sm:ci/x"));

    @Test
    void aSecretWithoutTheTypeTagIsNoCredential() {
        assertThat(discover(SourceKind.SECRETS_MANAGER, Map.of("team", "web"))).isEmpty();
    }

    @Test
    void theOtherProvidersTagsGiveTheSameFields() {
        assertThat(fields(Map.of("jenkins:credentials:type", "string"))).isEqualTo(Map.of("secret", WHOLE));
        assertThat(fields(Map.of(
                        "jenkins:credentials:type", "usernamePassword", "jenkins:credentials:username", "deploy")))
                .isEqualTo(Map.of("username", new FieldValue.Literal("deploy"), "password", WHOLE));
        assertThat(fields(
                        Map.of("jenkins:credentials:type", "sshUserPrivateKey", "jenkins:credentials:username", "git")))
                .isEqualTo(Map.of("username", new FieldValue.Literal("git"), "privateKey", WHOLE));
        assertThat(fields(Map.of("jenkins:credentials:type", "certificate"))).isEqualTo(Map.of("keyStore", WHOLE));
        assertThat(fields(Map.of("jenkins:credentials:type", "file", "jenkins:credentials:filename", "k.json")))
                .isEqualTo(Map.of("fileName", new FieldValue.Literal("k.json"), "content", WHOLE));
    }

    @Test
    void withoutAUsernameTagTheNameIsEmptyAsInTheOtherProvider() {
        assertThat(fields(Map.of("jenkins:credentials:type", "usernamePassword")))
                .containsEntry("username", new FieldValue.Literal(""));
    }

    @Test
    void inVaultTheMembersGiveWhatNoTagDoes() {
        CredentialDefinition definition = discover(
                        SourceKind.VAULT, Map.of("jenkins:credentials:type", "usernamePassword"))
                .orElseThrow();

        assertThat(definition.fields().values()).allMatch(v -> v instanceof FieldValue.Member);
    }

    @Test
    void ourOwnKindsReadTheMembersOfTheSecret() {
        assertThat(fields(Map.of("jenkins:credentials:type", "database"))).containsKeys("host", "password");
        assertThat(fields(Map.of("jenkins:credentials:type", "dockerRegistry", "jenkins:credentials:registry", "r")))
                .containsEntry("registry", new FieldValue.Literal("r"));
    }

    @Test
    void aMisspeltTypeIsAnErrorThatListsTheTypes() {
        assertThatThrownBy(() -> discover(SourceKind.SECRETS_MANAGER, Map.of("jenkins:credentials:type", "strnig")))
                .hasMessageContaining("sm:ci/x")
                .hasMessageContaining("usernamePassword");
    }

    @Test
    void aPrefixIsStrippedFromTheIdOnly() {
        SourceFilter filter = new SourceFilter(Optional.of("ci/"), Map.of(), Optional.of("ci/"));
        CredentialDefinition definition = new Discovery(SourceKind.SECRETS_MANAGER, filter)
                .definition(secret(Map.of("jenkins:credentials:type", "string")))
                .orElseThrow();

        assertThat(definition.id()).isEqualTo("x");
        assertThat(definition.fields()).containsEntry("secret", WHOLE);
    }

    @Test
    void ofSeveralPrefixesTheLongestThatFitsIsStripped() {
        SourceFilter filter =
                new SourceFilter(List.of(), Map.of(), SourceFilter.prefixesIn("ci, ci/ ,, staging-, ci/x"), false);

        assertThat(filter.stripPrefixes()).containsExactly("ci", "ci/", "staging-", "ci/x");
        assertThat(filter.strippedOff("ci/db")).contains("ci/");
        assertThat(filter.strippedOff("staging-db")).contains("staging-");
        assertThat(filter.strippedOff("prod-db")).isEmpty();
        assertThat(filter.strippedOff("ci/x")).as("something is left").contains("ci/");
    }

    @Test
    void aDescriptionIsHiddenWhereThatIsWanted() {
        SourceFilter hidden = new SourceFilter(List.of(), Map.of(), List.of(), true);

        assertThat(new Discovery(SourceKind.SECRETS_MANAGER, hidden)
                        .definition(secret(Map.of("jenkins:credentials:type", "string"))))
                .hasValueSatisfying(
                        definition -> assertThat(definition.description()).isEmpty());
        assertThat(discover(SourceKind.SECRETS_MANAGER, Map.of("jenkins:credentials:type", "string")))
                .hasValueSatisfying(
                        definition -> assertThat(definition.description()).isNotEmpty());
    }

    private static Map<String, FieldValue> fields(Map<String, String> tags) {
        return discover(SourceKind.SECRETS_MANAGER, tags).orElseThrow().fields();
    }

    private static Optional<CredentialDefinition> discover(SourceKind kind, Map<String, String> tags) {
        return new Discovery(kind, SourceFilter.NONE).definition(secret(tags));
    }

    private static SecretMetadata secret(Map<String, String> tags) {
        return new SecretMetadata("sm", "ci/x", "about x", tags, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
