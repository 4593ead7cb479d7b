package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are no secrets although they are bound as such: a warning names them, and who binds them may show them. */
class MaskChoiceTest {
    private final Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
    private final BindingPlan plan = new BindingPlan();

    @ParameterizedTest
    @ValueSource(strings = {"true", "main", "5432", "admin", "Production", "password", "8080", "postgres"})
    void anOrdinaryValueIsMaskedAndItsVariableNamed(String value) {
        secret("ci/flag", value);
        plan.secret("FLAG", Reference.parse("sm:ci/flag"), false);

        assertThat(masked("it is " + value + ".")).isEqualTo("it is ****.");
        assertThat(bind().ordinary()).containsExactly("FLAG");
        assertThat(bind().unmasked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "correct-horse", "123456", "canary-1", "Tr0ub4dor&3", "ab", ""})
    void whateverElseIsNot(String value) {
        secret("ci/flag", value);
        plan.secret("FLAG", Reference.parse("sm:ci/flag"), true);

        assertThat(bind().ordinary()).isEmpty();
    }

    @Test
    void thePasswordOfACredentialIsNamedToo() {
        secret("prod/orders", "{\"host\": \"db.example\", \"username\": \"app\", \"password\": \"admin\"}");
        plan.credential(
                parser().parse("db", Kinds.DATABASE, "", Map.of("from", "sm:prod/orders"), false), Optional.empty());

        assertThat(bind().ordinary()).containsExactly("DB_PASSWORD");
    }

    @Test
    void aValueThatIsNoSecretIsShownAndItsDocumentIsNot() {
        String document = "{\"branch_key\": \"main-7Q-branch\", \"token\": \"canary-token\"}";
        secret("ci/app", document);
        plan.secret("BRANCH", Reference.parse("sm:ci/app#branch_key"), false, false);

        assertThat(masked("main-7Q-branch has canary-token")).isEqualTo("main-7Q-branch has ****");
        assertThat(masked(document)).isEqualTo("****");
        assertThat(bind().variables()).containsEntry("BRANCH", SecretValue.of("main-7Q-branch"));
        assertThat(bind().sensitive()).isEmpty();
        assertThat(bind().ordinary()).isEmpty();
    }

    @Test
    void aWholeSecretThatIsNoneIsShown() {
        secret("ci/flag", "main-7Q-branch");
        plan.secret("FLAG", Reference.parse("sm:ci/flag"), false, false)
                .credential(
                        parser().parse("flag", Kinds.STRING, "", Map.of("secret", "sm:ci/flag"), false),
                        Optional.of("OTHER"),
                        false);

        assertThat(masked("main-7Q-branch")).isEqualTo("main-7Q-branch");
        assertThat(bind().variables()).containsOnlyKeys("FLAG", "OTHER");
        assertThat(bind().sensitive()).isEmpty();
    }

    @Test
    void whatAnotherBindingMasksIsMasked() {
        secret("ci/flag", "main-7Q-branch");
        plan.secret("SHOWN", Reference.parse("sm:ci/flag"), false, false)
                .secret("HIDDEN", Reference.parse("sm:ci/flag"), false);

        assertThat(masked("main-7Q-branch")).isEqualTo("****");
        assertThat(bind().sensitive()).containsExactly("HIDDEN");
    }

    private void secret(String name, String value) {
        payloads.put(
                Reference.parse("sm:" + name).locator(), SecretPayload.text(SecretValue.of(value), Optional.of("1")));
    }

    private static DefinitionParser parser() {
        return new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER));
    }

    private BoundEnvironment bind() {
        return plan.bind(new Snapshot(payloads));
    }

    private String masked(String log) {
        return Masker.of(bind().secrets()).mask(log);
    }
}
