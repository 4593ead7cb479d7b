package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
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

    @Test
    void aFileThatServesJenkinsTooTakesItFromTheVariableAndNotesTheRest() throws Exception {
        Configuration configuration = aws(
                "accessKeyId: AKIACONTROLLER, secretAccessKey: canary-key, webIdentity: {roleArn: \"" + ROLE
                        + "\", credentialsId: id-token, tokenVariable: AWS_ID_TOKEN}",
                Map.of("AWS_ID_TOKEN", "canary-token"));

        assertThat(login(configuration)).isInstanceOfSatisfying(AwsLogin.WebIdentityToken.class, login -> assertThat(
                        login.token().get())
                .isEqualTo(SecretValue.of("canary-token")));
        assertThat(configuration.notes()).singleElement().satisfies(note -> {
            assertThat(note.place()).endsWith("sources[0].ssm.webIdentity.credentialsId");
            assertThat(note.reason()).isEqualTo("used by Jenkins only");
            assertThat(note.fix()).isEqualTo("here the ID token is that of the variable AWS_ID_TOKEN");
        });
    }

    @Test
    void aRoleOfAwsThatNamesTheJobOfABuildIsReportedWhenItIsNeeded() throws Exception {
        String named = "webIdentity: {roleArn: \"" + ROLE + "-^${folder}\", credentialsId: id-token, ";
        Configuration configuration = aws(named + "tokenVariable: T}", Map.of("T", "t"));

        assertThatThrownBy(() -> ((AwsLogin.WebIdentityToken) login(configuration))
                        .token()
                        .get())
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("webIdentity.roleArn: it names the job of a build");
        assertThatThrownBy(() -> aws(named + "tokenFile: /run/token}", Map.of()))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("a run of this program is of none");
    }

    @Test
    void vaultTakesItFromTheVariableWhateverElseJenkinsNeeds() throws Exception {
        VaultLogin.Jwt login = vault(
                "role: ci, tokenVariable: VAULT_ID_TOKEN, credentialsId: id-token, perBuild: true",
                Map.of("VAULT_ID_TOKEN", "canary-token\n"));

        assertThat(login.jwt().read("source vault", "the JWT", Problem.UNAUTHENTICATED))
                .isEqualTo(SecretValue.of("canary-token"));
        assertThat(login.toString()).doesNotContain("canary");
    }

    @Test
    void aVariableThatVaultNeedsAndThatIsNotSetIsReportedWhenItIsNeeded() throws Exception {
        VaultLogin.Jwt login = vault("tokenVariable: VAULT_ID_TOKEN", Map.of());

        assertThatThrownBy(() -> login.jwt().read("source vault", "the JWT", Problem.UNAUTHENTICATED))
                .hasMessageStartingWith("environment variable VAULT_ID_TOKEN: it is not set");
    }

    @Test
    void aRoleThatNamesTheJobOfABuildIsReportedWhenItIsNeeded() throws Exception {
        VaultLogin.Jwt login = vault("tokenVariable: T, role: \"jenkins-^${folder}\"", Map.of("T", "t"));

        assertThatThrownBy(() -> login.jwt().read("source vault", "the JWT", Problem.UNAUTHENTICATED))
                .hasMessageContaining("a run of this program is of none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenVariable: T, jwt: x", "role: ci"})
    void whatCannotBeRightForVaultIsRefused(String settings) {
        assertThatThrownBy(() -> vault(settings, Map.of("T", "t"))).isInstanceOf(SecretException.class);
    }

    private VaultLogin.Jwt vault(String settings, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(
                folder.resolve("aws-secrets.yaml"),
                "sources: [{vault: {url: \"https://vault.example:8200\", auth: {jwt: {" + settings + "}}}}]\n");
        Configuration configuration = new ConfigurationReader(environment).read(file);
        return (VaultLogin.Jwt) ((SourceSpec.Vault) configuration.sources().get("vault"))
                .settings()
                .login();
    }

    private AwsLogin.WebIdentityToken login(String settings, Map<String, String> environment) throws IOException {
        return (AwsLogin.WebIdentityToken)
                login(aws("webIdentity: {roleArn: \"" + ROLE + "\", " + settings + "}", environment));
    }

    private static AwsLogin login(Configuration configuration) {
        return ((SourceSpec.Aws) configuration.sources().get("web")).settings().login();
    }

    private Configuration aws(String settings, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(
                folder.resolve("aws-secrets.yaml"),
                "sources: [{ssm: {id: web, region: eu-west-1, " + settings + "}}]\n");
        return new ConfigurationReader(environment).read(file);
    }
}
