package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a log hides a username. */
class UsernameTest {
    @ParameterizedTest(name = "{0}, declared {1}: {2} before it is read, {3} after")
    @CsvSource({
        "ci-robot,       , false, false",
        "ci-robot,   true, true, true",
        "ssm:/plain,     , true, false",
        "ssm:/plain, true, true, true",
        "ssm:/plain, false, false, false",
        "ssm:/secure,    , true, true",
        "sm:user,        , true, true",
        "sm:user,    false, false, false"
    })
    void itIsSecretAsItsSourceSaysUnlessDeclared(String username, String declared, boolean before, boolean after) {
        CredentialDefinition definition = new DefinitionParser(
                        Map.of("ssm", SourceKind.SSM, "sm", SourceKind.SECRETS_MANAGER))
                .parse(
                        "hub",
                        Kinds.USERNAME_PASSWORD,
                        "",
                        Map.of("username", username, "password", "sm:password"),
                        false)
                .withUsernameSecret(Optional.ofNullable(declared).map(Boolean::valueOf));
        Snapshot snapshot = new Snapshot(Map.of(
                Reference.parse("ssm:/plain").locator(), payload("ci-robot", false),
                Reference.parse("ssm:/secure").locator(), payload("ci-robot", true),
                Reference.parse("sm:user").locator(), payload("ci-robot", true),
                Reference.parse("sm:password").locator(), payload("canary-1", true)));

        assertThat(definition.isUsernameSecret()).isEqualTo(before);
        assertThat(ResolvedCredential.of(definition, snapshot).isUsernameSecret())
                .isEqualTo(after);
        BoundEnvironment bound =
                new BindingPlan().credential(definition, Optional.of("P")).bind(snapshot);
        assertThat(bound.sensitive().contains("P_USERNAME")).isEqualTo(after);
    }

    private static SecretPayload payload(String text, boolean confidential) {
        return new SecretPayload(
                SecretPayload.Shape.TEXT,
                SecretValue.of(text),
                confidential,
                Optional.of("1"),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
