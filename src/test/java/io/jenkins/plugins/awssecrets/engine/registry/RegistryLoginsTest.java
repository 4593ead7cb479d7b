package io.jenkins.plugins.awssecrets.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginsTest {
    private static final String HUB = "https://index.docker.io/v1/";
    private static final String AUTH =
            Base64.getEncoder().encodeToString("joe:s3cr3t:x".getBytes(StandardCharsets.UTF_8));
    private static final String ENTRY = "{\"auth\":\"" + AUTH + "\"}";

    @ParameterizedTest
    @CsvSource({
        "registry.example, registry.example",
        "registry.example:5000, registry.example:5000",
        "https://registry.example, registry.example",
        "HTTPS://Registry.Example, registry.example",
        "http://registry.example:5000/v2/, registry.example:5000",
        "oci://registry.example/charts, registry.example",
        "docker://registry.example, registry.example",
        "user@registry.example, registry.example",
        "https://user@registry.example, registry.example",
        "//registry.example, registry.example",
        "'  registry.example  ', registry.example",
        "registry.example/, registry.example",
        "registry.example/team/image, registry.example",
        "[::1]:5000, [::1]:5000",
        "localhost:5000, localhost:5000",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "docker.io, https://index.docker.io/v1/",
        "https://index.docker.io/v1/, https://index.docker.io/v1/",
        "registry-1.docker.io, https://index.docker.io/v1/",
        "docker://docker.io/library, https://index.docker.io/v1/",
    })
    void theKeyOfALoginIsTheOneThatDockerAsksFor(String registry, String key) throws IOException {
        BoundEnvironment bound =
                bind("{\"username\":\"joe\",\"password\":\"pw1\"}", Shape.TEXT, Map.of("registry", registry));

        assertThat(auths(bound).fieldNames()).toIterable().containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "oci://r.example/charts, r.example/charts",
        "//r.example, r.example",
        "user@r.example, r.example",
        "HTTPS://R.example, https://r.example",
        "https://index.docker.io/v1/, https://index.docker.io/v1/",
        "r.example:5000, r.example:5000",
    })
    void theVariableIsWhatToolsTake(String registry, String variable) {
        assertThat(bind("{\"username\":\"joe\",\"password\":\"pw1\"}", Shape.TEXT, Map.of("registry", registry))
                        .variables())
                .containsEntry("DOCKER_REGISTRY", SecretValue.of(variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://joe:canary@r.example", "r example", "https://", "r.example:port", "@"})
    void whatIsNoAddressIsRefusedWhereItIsTypedAndWhereItIsRead(String registry) {
        assertThatThrownBy(() -> bind("{}", Shape.TEXT, Map.of("registry", registry)))
                .hasMessageContaining("dockerRegistry 'hub', registry: it has no such value")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> bind(
                        "{\"registry\":\"" + registry + "\",\"username\":\"joe\",\"password\":\"pw1\"}",
                        Shape.TEXT,
                        Map.of()))
                .hasMessageContaining("dockerRegistry 'hub', registry: sm:hub: it is not the address of a registry")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auths':{'r.example':ENTRY}}",
                "{'auths':{'https://r.example':ENTRY}}",
                "{'auths':{'r.example':{'username':'joe','password':'s3cr3t:x'}}}",
                "{'auths':{'r.example':{'username':'joe','password':'s3cr3t:x','auth':'AUTH','email':'a@b'}}}",
                "{'auths':{'r.example':ENTRY},'credHelpers':{'x':'ecr-login'}}",
                "{'r.example':ENTRY}",
                "{'.dockerconfigjson':{'auths':{'r.example':ENTRY}}}",
                "{'.dockerconfigjson':'TEXT'}",
                "{'.dockerconfigjson':'BASE64'}",
                "{'.dockercfg':{'r.example':ENTRY}}",
                "{'dockerconfigjson':'BASE64'}",
                "{'config.json':'TEXT'}",
            })
    void aDockerConfigurationIsTakenApart(String stored) throws IOException {
        String text = json("{'auths':{'r.example':ENTRY}}");
        String secret = json(stored)
                .replace("TEXT", text.replace("\"", "\\\""))
                .replace("BASE64", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));

        for (Shape shape : List.of(Shape.TEXT, Shape.BINARY)) {
            BoundEnvironment bound = bind(secret, shape, Map.of());

            assertThat(bound.variables())
                    .containsEntry("DOCKER_USERNAME", SecretValue.of("joe"))
                    .containsEntry("DOCKER_PASSWORD", SecretValue.of("s3cr3t:x"));
            assertThat(auths(bound).at("/r.example/auth").asText()).isEqualTo(AUTH);
            assertThat(bound.secrets()).contains(SecretValue.of("s3cr3t:x"), SecretValue.of(AUTH));
        }
    }

    @Test
    void ofSeveralLoginsTheDeclaredRegistryChooses() throws IOException {
        String stored = json("{'auths':{'r.example':ENTRY,'" + HUB + "':{'username':'hub','password':'other'}}}");

        assertThat(bind(stored, Shape.TEXT, Map.of("registry", "docker.io")).variables())
                .containsEntry("DOCKER_USERNAME", SecretValue.of("hub"));
        assertThatThrownBy(() -> bind(stored, Shape.TEXT, Map.of()))
                .hasMessageContaining("has logins for several registries: r.example, " + HUB);
        assertThatThrownBy(() -> bind(stored, Shape.TEXT, Map.of("registry", "else.example")))
                .hasMessageContaining("has no login for that registry");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00a6',
            value = {
                "{'auths':{}}|has no login. Store one that has its logins in auths",
                "{'auths':{},'credsStore':'desktop'}|has no login. Store one that has its logins in auths",
                "{'auths':{'r.example':{}}}|has no password for r.example",
                "{'auths':{'r.example':{'auth':'Y2FuYXJ5'}}}|auth is not base64 of user:password",
                "{'auths':{'r.example':{'identitytoken':'canary'}}}|has an identity token, not a password",
            })
    void aConfigurationWithoutAPasswordIsRefusedByName(String stored, String named) {
        assertThatThrownBy(() -> bind(json(stored), Shape.TEXT, Map.of()))
                .hasMessageContaining(named)
                .hasMessageNotContaining("canary");
    }

    private static String json(String text) {
        return text.replace("ENTRY", ENTRY).replace("AUTH", AUTH).replace('\'', '"');
    }

    private static JsonNode auths(BoundEnvironment bound) throws IOException {
        return new ObjectMapper()
                .readTree(bound.files().get(0).content().bytes())
                .path("auths");
    }

    private static BoundEnvironment bind(String secret, Shape shape, Map<String, String> declared) {
        Map<String, String> fields = new LinkedHashMap<>(declared);
        fields.put("from", "sm:hub");
        return new BindingPlan()
                .credential(
                        new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER))
                                .parse("hub", Kinds.DOCKER_REGISTRY, "", fields, false),
                        Optional.empty())
                .bind(new Snapshot(Map.of(
                        Reference.parse("sm:hub").locator(),
                        new SecretPayload(
                                shape,
                                SecretValue.of(secret),
                                true,
                                Optional.of("1"),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()))));
    }
}
