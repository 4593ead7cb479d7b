package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.SecretsFrom;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsPlanTest {
    private static final DefinitionParser PARSER = new DefinitionParser(
            Map.of("ssm", SourceKind.SSM, "sm", SourceKind.SECRETS_MANAGER, "vault", SourceKind.VAULT));

    private final BindingPlan plan = new BindingPlan(String.CASE_INSENSITIVE_ORDER);

    @Test
    void eachParameterBelowAPathHasAVariable() {
        plan.secrets("APP_", below("ssm:/ci/app/"), List.of("/ci/app/token", "/ci/app/db/user-name"), false);

        assertThat(plan.variables()).containsExactlyInAnyOrder("APP_TOKEN", "APP_DB_USER_NAME");
        assertThat(plan.references())
                .containsExactly(Reference.parse("ssm:/ci/app/token"), Reference.parse("ssm:/ci/app/db/user-name"));
    }

    @Test
    void aClashOfParametersIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() ->
                        plan.secrets("APP_", below("ssm:/ci/app/"), List.of("/ci/app/db/x", "/ci/app/db-x"), false))
                .hasMessageContaining("variable APP_DB_X")
                .hasMessageContaining("ssm:/ci/app/db/x")
                .hasMessageContaining("ssm:/ci/app/db-x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ci/app/1st", "/ci/app/2"})
    void aNameThatIsNoVariableIsRefusedBeforeAnythingIsRead(String name) {
        assertThatThrownBy(() -> plan.secrets("", below("ssm:/ci/app/"), List.of(name), false))
                .hasMessageContaining("not a valid variable name");
    }

    @Test
    void eachMemberOfASecretHasAVariableAndIsMasked() {
        plan.secrets("ORDERS_", members("sm:prod/orders"), false);

        BoundEnvironment bound = plan.bind(snapshot(
                "sm:prod/orders",
                "{\"userName\":\"canary-u\",\"port\":5432,\"none\":null,\"more\":{\"a\":\"canary-a\"}}"));

        assertThat(values(bound))
                .containsOnly(
                        Map.entry("ORDERS_USERNAME", "canary-u"),
                        Map.entry("ORDERS_PORT", "5432"),
                        Map.entry("ORDERS_MORE", "{\"a\":\"canary-a\"}"));
        assertThat(bound.sensitive()).containsExactlyInAnyOrder("ORDERS_USERNAME", "ORDERS_PORT", "ORDERS_MORE");
        assertThat(bound.secrets()).contains(SecretValue.of("canary-u"), SecretValue.of("{\"a\":\"canary-a\"}"));
    }

    @Test
    void membersOfAnObjectInsideOfASecret() {
        plan.secrets("", members("sm:prod/orders#/db"), false);

        assertThat(values(plan.bind(snapshot("sm:prod/orders", "{\"db\":{\"user\":\"canary\"}}"))))
                .containsOnly(Map.entry("USER", "canary"));
    }

    @Test
    void aMemberThatClashesWithAnotherBindingIsRefused() {
        plan.secret("app_user", Reference.parse("sm:x"), false).secrets("APP_", members("sm:prod/orders"), false);
        Snapshot snapshot = snapshot("sm:prod/orders", "{\"user\":\"canary\"}");

        assertThatThrownBy(() -> plan.bind(snapshot))
                .hasMessageContaining("variable APP_USER")
                .hasMessageContaining("secret sm:x")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a-b\":\"canary\",\"a_b\":\"canary\"}",
                "{\"\":\"canary\"}",
                "{\"1st\":\"canary\"}",
                "{\"empty\":\"\"}",
                "[\"canary\"]",
                "canary"
            })
    void whatGivesNoVariablesIsRefusedWithoutAValue(String text) {
        plan.secrets("", members("sm:prod/orders"), false);
        Snapshot snapshot = snapshot("sm:prod/orders", text);

        assertThatThrownBy(() -> plan.bind(snapshot)).hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssm:/ci/app/#x", "ssm:/ci//app/", "sm:ci/", "vault:secret/", "ssm:/", "nope:/x/"})
    void whatIsNeitherPathNorSecretIsRefused(String text) {
        if (text.equals("sm:ci/")) {
            // A secret's name may end with a slash.
            assertThat(PARSER.secrets("from", text)).isInstanceOf(SecretsFrom.Members.class);
        } else {
            assertThatThrownBy(() -> PARSER.secrets("from", text)).hasMessageStartingWith("from: ");
        }
    }

    private static Map<String, String> values(BoundEnvironment bound) {
        Map<String, String> values = new LinkedHashMap<>();
        bound.variables().forEach((name, value) -> values.put(name, value.reveal()));
        return values;
    }

    private static SecretsFrom.Below below(String text) {
        return (SecretsFrom.Below) PARSER.secrets("from", text);
    }

    private static SecretsFrom.Members members(String text) {
        return (SecretsFrom.Members) PARSER.secrets("from", text);
    }

    private static Snapshot snapshot(String reference, String value) {
        Reference x = Reference.parse("sm:x");
        return new Snapshot(Map.of(
                Reference.parse(reference).locator(),
                SecretPayload.text(SecretValue.of(value), Optional.of("1")),
                x.locator(),
                SecretPayload.text(SecretValue.of("other"), Optional.of("1"))));
    }
}
