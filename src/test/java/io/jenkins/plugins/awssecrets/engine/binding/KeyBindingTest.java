package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyBindingTest {
    private final Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();

    @Test
    void anSshKeyIsDeliveredRepairedAndBothFormsAreMasked() {
        String key = TestKeys.openSsh(TestKeys.ed25519());
        String stored = key.strip().replace("\n", "\r\n");
        plain("/ci/key", stored);

        BoundEnvironment bound = bind(credential("ssm:/ci/key", Map.of("username", "git")));

        assertThat(bound.variables()).containsEntry("GIT_USERNAME", SecretValue.of("git"));
        assertThat(bound.files()).singleElement().satisfies(file -> {
            assertThat(file.variable()).isEqualTo("GIT_KEY_FILE");
            assertThat(file.content().reveal()).isEqualTo(key);
        });
        assertThat(bound.secrets()).contains(SecretValue.of(key), SecretValue.of(stored));
    }

    @Test
    void aRefusalNamesCredentialFieldAndReference() {
        plain("/ci/key", "ssh-ed25519 AAAAC3canary me");

        assertThatThrownBy(() -> bind(credential("ssm:/ci/key", Map.of())))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSUITABLE))
                .hasMessageStartingWith("sshKey 'git', privateKey: ssm:/ci/key: it is a public key, not a private key")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aPemCertificateWithItsKeyIsDeliveredAsPkcs12AndBothFormsAreMasked() {
        KeyPair key = TestKeys.rsa();
        String pem = TestKeys.pem(TestKeys.certificate(key, "a", key, "a")) + TestKeys.pkcs8(key);
        plain("/ci/cert", pem);
        plain("/ci/password", "canary-password");

        BoundEnvironment bound = bind(parser().parse(
                        "client",
                        Kinds.CERTIFICATE,
                        "",
                        Map.of("keyStore", "ssm:/ci/cert", "password", "ssm:/ci/password"),
                        false));

        assertThat(bound.files()).singleElement().satisfies(file -> {
            assertThat(file.variable()).isEqualTo("CLIENT_KEYSTORE");
            assertThat(file.content().bytes()).startsWith(0x30);
            assertThat(bound.secrets()).contains(file.content());
        });
        assertThat(bound.secrets()).contains(SecretValue.of(pem));
    }

    @Test
    void aFileOfTheEncodingBase64IsDecodedAndBothFormsAreMasked() {
        byte[] content = {0, 1, 2, (byte) 0xfe, 'c', 'a', 'n'};
        String stored = TestKeys.base64(content) + "\n";
        plain("/ci/file", stored);

        BoundEnvironment bound = bind(file("base64"));

        assertThat(bound.files())
                .singleElement()
                .satisfies(file -> assertThat(file.content().bytes()).isEqualTo(content));
        assertThat(bound.secrets()).contains(SecretValue.of(content), SecretValue.of(stored));
    }

    @Test
    void aFileWithoutAnEncodingIsGivenAsItIs() {
        plain("/ci/file", "aGVsbG8=");

        assertThat(bind(file("")).files())
                .singleElement()
                .satisfies(file -> assertThat(file.content().reveal()).isEqualTo("aGVsbG8="));
    }

    @Test
    void whatIsNotBase64IsRefusedAndAnUnknownEncodingWhereItIsTyped() {
        plain("/ci/file", "canary, not base64");

        assertThatThrownBy(() -> bind(file("base64")))
                .hasMessageStartingWith("file 'f', content: ssm:/ci/file: it is not base64")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> file("hex")).hasMessage("file 'f', encoding: it has no such value. Expected base64");
    }

    private CredentialDefinition credential(String privateKey, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("privateKey", privateKey);
        return parser().parse("git", Kinds.SSH_KEY, "", fields, false);
    }

    private CredentialDefinition file(String encoding) {
        return parser().parse("f", Kinds.FILE, "", Map.of("content", "ssm:/ci/file", "encoding", encoding), false);
    }

    private static DefinitionParser parser() {
        return new DefinitionParser(Map.of("ssm", SourceKind.SSM));
    }

    private BoundEnvironment bind(CredentialDefinition definition) {
        return new BindingPlan().credential(definition, Optional.empty()).bind(new Snapshot(payloads));
    }

    /** Not encrypted, so that nothing is masked for where it comes from. */
    private void plain(String name, String value) {
        payloads.put(
                Reference.parse("ssm:" + name).locator(),
                new SecretPayload(
                        Shape.TEXT,
                        SecretValue.of(value),
                        false,
                        Optional.of("1"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
