package io.jenkins.plugins.awssecrets.engine.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .isEqualTo(Map.of(
                        "username",
                        new FieldValue.Literal("deploy"),
                        "password",
                        wholeOr(Kinds.USERNAME_PASSWORD, "password")));
        assertThat(fields(
                        Map.of("jenkins:credentials:type", "sshUserPrivateKey", "jenkins:credentials:username", "git")))
                .isEqualTo(Map.of(
                        "username", new FieldValue.Literal("git"),
                        "privateKey", wholeOr(Kinds.SSH_KEY, "privateKey"),
                        "passphrase", wholeOr(Kinds.SSH_KEY, "passphrase")));
        assertThat(fields(Map.of("jenkins:credentials:type", "certificate"))).isEqualTo(Map.of("keyStore", WHOLE));
        assertThat(fields(Map.of("jenkins:credentials:type", "file", "jenkins:credentials:filename", "k.json")))
                .isEqualTo(Map.of("fileName", new FieldValue.Literal("k.json"), "content", WHOLE));
    }

    private static FieldValue wholeOr(CredentialKind kind, String field) {
        return new FieldValue.Member(
                new Reference("sm", "ci/x", Optional.empty(), Optional.empty()),
                kind.field(field).orElseThrow(),
                true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00a6',
            nullValues = "-",
            value = {
                // The tag of the name, the value; the name and the password that a block gets.
                "joe|{\"username\":\"joe\",\"password\":\"pw\"}|joe|pw",
                "ann|{\"username\":\"joe\",\"password\":\"pw\"}|ann|pw",
                "-|{\"username\":\"joe\",\"password\":\"pw\"}|joe|pw",
                "joe|{\"password\":\"pw\"}|joe|pw",
                "joe|{\"username\":\"joe\",\"password\":\"pw\",\"url\":\"x\"}|joe|{\"username\":\"joe\",\"password\":\"pw\",\"url\":\"x\"}",
                "joe|{}|joe|{}",
                "joe|[1]|joe|[1]",
                "joe|pw|joe|pw",
                "joe|\"quoted\"|joe|\"quoted\"",
                "-|pw||pw",
            })
    void aValueThatIsAnObjectOfJustTheMembersIsTakenApart(String tag, String value, String name, String password) {
        Map<String, String> tags = new java.util.HashMap<>(Map.of("jenkins:credentials:type", "usernamePassword"));
        if (tag != null) {
            tags.put("jenkins:credentials:username", tag);
        }

        assertThat(read(tags, value)).isEqualTo(Map.of("username", name == null ? "" : name, "password", password));
    }

    @Test
    void aKeyThatIsAnObjectWithItsPassphraseIsTakenApart() {
        String key = TestKeys.encryptedPkcs8(TestKeys.rsa());
        String value = JsonTree.object()
                .put("username", "git")
                .put("privateKey", key)
                .put("passphrase", TestKeys.PASSPHRASE)
                .toString();

        assertThat(read(Map.of("jenkins:credentials:type", "sshUserPrivateKey"), value))
                .isEqualTo(Map.of("username", "git", "privateKey", key, "passphrase", TestKeys.PASSPHRASE));
        assertThat(read(Map.of("jenkins:credentials:type", "sshUserPrivateKey"), key))
                .isEqualTo(Map.of("username", "", "privateKey", key));
    }

    private static Map<String, String> read(Map<String, String> tags, String value) {
        CredentialDefinition definition =
                discover(SourceKind.SECRETS_MANAGER, tags).orElseThrow();
        Map<String, String> read = new java.util.HashMap<>();
        ResolvedCredential.of(
                        definition,
                        new Snapshot(Map.of(
                                definition.references().iterator().next().locator(),
                                new SecretPayload(
                                        SecretPayload.Shape.TEXT,
                                        SecretValue.of(value),
                                        true,
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty()))))
                .values()
                .forEach((field, secret) -> read.put(field, secret.reveal()));
        return read;
    }

    @Test
    void aGitHubAppIsItsKeyWithTagsOrAnObjectAsKubernetesHasIt() {
        String key = TestKeys.pkcs8(TestKeys.rsa());
        String object = JsonTree.object()
                .put("appID", "4711")
                .put("privateKey", key)
                .put("owner", "acme")
                .toString();

        for (String type : List.of("githubApp", "gitHubApp")) {
            assertThat(read(
                            Map.of(
                                    "jenkins:credentials:type", type,
                                    "jenkins:credentials:appid", "4711",
                                    "jenkins:credentials:owner", "acme"),
                            key))
                    .isEqualTo(Map.of("appId", "4711", "privateKey", key, "owner", "acme"));
            assertThat(read(Map.of("jenkins:credentials:type", type), object))
                    .isEqualTo(Map.of("appId", "4711", "privateKey", key, "owner", "acme"));
        }
    }

    @Test
    void aGitHubAppWithoutItsIdIsRefusedWithTheTag() {
        String key = TestKeys.pkcs8(TestKeys.rsa());

        assertThatThrownBy(() -> read(Map.of("jenkins:credentials:type", "githubApp"), key))
                .hasMessageContaining("githubApp 'ci/x', appId: sm:ci/x: ")
                .hasMessageContaining("no tag gives the field 'appId'. Add the tag jenkins:credentials:appid");
    }

    @Test
    void aGitLabTokenIsTheSecretAndAClientCertificateItsMembers() {
        java.security.KeyPair pair = TestKeys.rsa();
        String certificate = TestKeys.pem(TestKeys.certificate(pair, "client", pair, "client"));
        String object = JsonTree.object()
                .put("clientKeySecret", TestKeys.pkcs8(pair))
                .put("clientCertificate", certificate)
                .put("serverCaCertificate", certificate)
                .toString();

        assertThat(read(Map.of("jenkins:credentials:type", "gitlabToken"), "glpat-x"))
                .isEqualTo(Map.of("token", "glpat-x"));
        assertThat(read(Map.of("jenkins:credentials:type", "x509ClientCert"), object))
                .isEqualTo(Map.of(
                        "clientKey",
                        TestKeys.pkcs8(pair),
                        "clientCertificate",
                        certificate,
                        "serverCaCertificate",
                        certificate));
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
    void theFolderTagNamesOneFolderOrSeveral() {
        assertThat(Discovery.folders(secret(Map.of()))).isEmpty();
        assertThat(Discovery.folders(secret(Map.of("jenkins:credentials:folder", "shop/pay"))))
                .containsExactly("shop/pay");
        assertThat(Discovery.folders(secret(Map.of("jenkins:credentials:folder", "/shop/pay/: My Folder :"))))
                .containsExactly("shop/pay", "My Folder");
    }

    @Test
    void aFolderTagThatNamesNoneMakesACredentialForNobody() {
        assertThatThrownBy(() -> discover(
                        SourceKind.SECRETS_MANAGER,
                        Map.of("jenkins:credentials:type", "string", "jenkins:credentials:folder", " / ")))
                .hasMessageContaining("sm:ci/x")
                .hasMessageContaining("jenkins:credentials:folder");
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
