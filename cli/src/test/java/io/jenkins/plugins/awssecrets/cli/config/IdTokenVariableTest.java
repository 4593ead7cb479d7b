package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GitLab and GitHub Actions hand a job its ID token in an environment variable. */
class IdTokenVariableTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/ci";

    @TempDir
    private Path folder;

    @Test
    void theTokenIsTakenFromTheVariable() throws Exception {
        AwsLogin.WebIdentityToken login =
                login("tokenVariable: AWS_ID_TOKEN", Map.of("AWS_ID_TOKEN", "canary-token\n"));

        assertThat(login.roleArn()).isEqualTo(ROLE);
        assertThat(login.token().get()).isEqualTo(SecretValue.of("canary-token"));
        assertThat(login.toString()).doesNotContain("canary");
    }

    @Test
    void aVariableThatIsNotSetIsReportedWhenItIsNeeded() throws Exception {
        AwsLogin.WebIdentityToken login = login("tokenVariable: AWS_ID_TOKEN", Map.of());

        assertThatThrownBy(() -> login.token().get())
                .isInstanceOf(SecretException.class)
                .hasMessageStartingWith("environment variable AWS_ID_TOKEN: it is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenVariable: \"a b\"", "tokenVariable: T, tokenFile: /run/token", "externalId: x"})
    void whatCannotBeRightIsRefused(String settings) {
        assertThatThrownBy(() -> login(settings, Map.of("T", "t"))).isInstanceOf(SecretException.class);
    }

    private AwsLogin.WebIdentityToken login(String settings, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(
                folder.resolve("aws-secrets.yaml"),
                "sources: [{ssm: {id: web, region: eu-west-1, webIdentity: {roleArn: \"" + ROLE + "\", " + settings
                        + "}}}]\n");
        Configuration configuration = new ConfigurationReader(environment).read(file);
        return (AwsLogin.WebIdentityToken)
                ((SourceSpec.Aws) configuration.sources().get("web")).settings().login();
    }
}
