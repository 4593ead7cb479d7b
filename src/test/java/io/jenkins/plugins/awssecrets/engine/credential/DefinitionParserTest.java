package io.jenkins.plugins.awssecrets.engine.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DefinitionParserTest {
    private final DefinitionParser parser = new DefinitionParser(
            Map.of("ssm", SourceKind.SSM, "sm", SourceKind.SECRETS_MANAGER, "vault", SourceKind.VAULT));

    @Test
    void fieldsComeFromSeveralSources() {
        CredentialDefinition definition = parse(
                Kinds.DOCKER_REGISTRY,
                Map.of(
                        "registry",
                        "ssm:/ci/docker/registry",
                        "username",
                        "deploy",
                        "password",
                        "sm:ci/docker#password"));

        assertThat(definition.fields())
                .containsEntry("registry", new FieldValue.Referenced(Reference.parse("ssm:/ci/docker/registry")))
                .containsEntry("username", new FieldValue.Literal("deploy"))
                .containsEntry("password", new FieldValue.Referenced(Reference.parse("sm:ci/docker#password")));
        assertThat(definition.references()).hasSize(2);
    }

    @Test
    void aLiteralWithAColonIsNoReferenceUnlessItNamesASource() {
        CredentialDefinition definition = parse(
                Kinds.DOCKER_REGISTRY,
                Map.of("registry", "https://registry.example:5000", "username", "u", "password", "sm:p"));

        assertThat(definition.fields().get("registry"))
                .isEqualTo(new FieldValue.Literal("https://registry.example:5000"));
    }

    @Test
    void fromGivesEveryFieldThatIsNotGivenItself() {
        CredentialDefinition definition = parse(Kinds.DATABASE, Map.of("from", "sm:prod/orders", "host", "db.example"));

        assertThat(definition.fields().get("host")).isEqualTo(new FieldValue.Literal("db.example"));
        assertThat(definition.fields().get("password")).isInstanceOf(FieldValue.Member.class);
        assertThat(definition.references()).containsExactly(Reference.parse("sm:prod/orders"));
    }

    @Test
    void aPasswordTypedWhereAReferenceBelongsIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> parse(Kinds.USERNAME_PASSWORD, Map.of("username", "u", "password", "hunter2-canary")))
                .isInstanceOfSatisfying(SecretException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
                    assertThat(e.getMessage())
                            .contains("usernamePassword 'x', password", "position", "Expected")
                            .doesNotContain("hunter2");
                });
    }

    /** The secret fields of each kind, what all fields come from, and what a block names itself. */
    @Test
    void aSecretTypedWhereAReferenceBelongsIsExplained() {
        Map<String, ThrowingCallable> typed = new LinkedHashMap<>();
        for (CredentialKind kind : Kinds.all()) {
            for (FieldSpec field : kind.fields()) {
                if (field.secret()) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    kind.fields().forEach(other -> fields.put(other.name(), other.secret() ? "sm:x" : "x"));
                    fields.put(field.name(), "hunter2-canary");
                    typed.put(kind.symbol() + "." + field.name(), () -> parse(kind, fields));
                }
            }
            if (kind.takesFrom()) {
                typed.put(kind.symbol() + ".from", () -> parse(kind, Map.of("from", "hunter2-canary")));
            }
        }
        typed.put("secrets", () -> parser.secrets("secrets", "hunter2-canary"));

        assertThat(typed).hasSizeGreaterThan(15);
        typed.forEach((where, parsing) -> assertThatThrownBy(parsing)
                .as(where)
                .hasMessageContaining("this field takes a reference to the secret, not the secret itself")
                .hasMessageNotContaining("hunter2"));
    }

    @Test
    void aSourceNobodyConfiguredIsRefusedWithTheOnesThereAre() {
        assertThatThrownBy(() -> parse(Kinds.STRING, Map.of("secret", "smm:ci/token")))
                .hasMessageContaining("no source of that id")
                .hasMessageContaining("sm, ssm, vault");
    }

    @Test
    void theRulesOfTheBackendApply() {
        assertThatThrownBy(() -> parse(Kinds.STRING, Map.of("secret", "vault:secret/data/ci")))
                .hasMessageContaining("without data/");
    }

    @Test
    void unknownAndMissingFieldsAreNamed() {
        assertThatThrownBy(() -> parse(Kinds.STRING, Map.of("secret", "sm:x", "user", "u")))
                .hasMessageContaining("no field 'user'")
                .hasMessageContaining("Expected one of secret");
        assertThatThrownBy(() -> parse(Kinds.USERNAME_PASSWORD, Map.of("username", "u")))
                .hasMessageContaining("the field password is missing");
    }

    @Test
    void anIdOfOddCharactersIsRefused() {
        assertThatThrownBy(() -> parser.parse("a b", Kinds.STRING, "", Map.of("secret", "sm:x"), false))
                .hasMessageContaining("the id");
    }

    private CredentialDefinition parse(CredentialKind kind, Map<String, String> fields) {
        return parser.parse("x", kind, "", fields, false);
    }
}
