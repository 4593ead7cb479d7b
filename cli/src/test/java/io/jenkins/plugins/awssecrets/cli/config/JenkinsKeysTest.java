package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jenkins' YAML is taken as it is: what has no meaning outside of Jenkins is noted, and nothing else takes its place unsaid. */
class JenkinsKeysTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("VAULT_ADDR", "https://vault.example:8200", "VAULT_TOKEN", "hvs.made-up");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssm: {region: eu-west-1, credentialsId: deploy}",
                "secretsManager: {credentialsId: deploy, assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/ci'}}",
                "ssm: {assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/ci', perBuild: true}}",
                "ssm: {assumeRole: [{roleArn: 'arn:aws:iam::123456789012:role/ci', tags: true}]}",
                "secretsManager: {assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/ci', exactPolicy: true}}",
                "secretsManager: {webIdentity: {roleArn: 'arn:aws:iam::123456789012:role/ci', credentialsId: token}}",
                "vault: {auth: {appRole: {credentialsId: vault-approle}}}",
                "vault: {auth: {token: {credentialsId: vault-token}}}",
                "vault: {auth: {userPass: {credentialsId: login, mount: people}}}",
                "vault: {auth: {jwt: {role: ci, credentialsId: id-token, perBuild: true}}}",
                "vault: {perBuild: {policies: ['jenkins-${folder:-x}'], ttl: 1h}}",
                "vault: {clientCertificate: {credentialsId: client}}",
            })
    void aKeyOfJenkinsIsNotedWithWhatIsDoneHere(String source) throws IOException {
        Configuration read = read("sources: [{" + source + "}]");

        assertThat(read.declared()).hasSize(1);
        assertThat(read.notes()).isNotEmpty().allSatisfy(note -> {
            assertThat(note.place()).matches(".*aws-secrets.yaml:1:\\d+: sources\\[0]\\..+");
            assertThat(note.reason()).isEqualTo("used by Jenkins only");
            assertThat(note.fix()).containsPattern("here|source has none|authenticates");
        });
    }

    @Test
    void theLoginIsTheEnvironmentsWhereJenkinsKeepsTheSecret() throws IOException {
        for (String auth : List.of("appRole: {credentialsId: x}", "environment: {}", "ldap: {credentialsId: x}")) {
            SourceSpec.Vault vault = (SourceSpec.Vault)
                    read("sources: [{vault: {auth: {" + auth + "}}}]").sources().get("vault");

            assertThat(vault.settings().login()).isInstanceOf(VaultLogin.EnvironmentToken.class);
            assertThat(vault.withheld()).isEmpty();
        }
        SourceSpec.Aws aws = (SourceSpec.Aws)
                read("sources: [{ssm: {credentialsId: x}}]").sources().get("ssm");
        assertThat(aws.settings().login()).isInstanceOf(AwsLogin.DefaultChain.class);
    }

    /** The token of the environment is for its own address, whatever the file says of Jenkins' credentials. */
    @Test
    void theEnvironmentsTokenGoesToNoOtherAddress() throws IOException {
        SourceSpec.Vault vault = (SourceSpec.Vault)
                read("sources: [{vault: {url: 'https://other.example', auth: {appRole: {credentialsId: x}}}}]")
                        .sources()
                        .get("vault");

        assertThat(vault.withheld()).hasValueSatisfying(why -> assertThat(why)
                .hasMessageContaining("the token of the environment is for VAULT_ADDR (https://vault.example:8200)"));
    }

    @Test
    void aSecretInTheFileTakesPrecedenceOverTheOneThatJenkinsKeeps() throws IOException {
        SourceSpec.Vault vault = (SourceSpec.Vault)
                read("sources: [{vault: {auth: {appRole: {roleId: r, secretIdFile: /run/id, credentialsId: x}}}}]")
                        .sources()
                        .get("vault");

        assertThat(vault.settings().login()).isInstanceOf(VaultLogin.AppRole.class);
    }

    /** The rest of the file is of use without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: {credentialsId: x}",
                "appRole: {credentialsId: x}",
                "jwt: {role: ci, credentialsId: x, perBuild: true}",
                "environment: {}"
            })
    void withoutAnythingInItsPlaceTheMissingLoginIsToldWhereTheSourceIsUsed(String auth) throws IOException {
        SourceSpec.Vault vault = (SourceSpec.Vault)
                read("sources: [{vault: {url: 'https://v.example', auth: {" + auth + "}}}]", Map.of())
                        .sources()
                        .get("vault");

        assertThat(vault.withheld()).hasValueSatisfying(why -> assertThat(why)
                .hasMessage("source vault: its authentication is used by Jenkins only, and VAULT_TOKEN is not set. Set"
                        + " VAULT_TOKEN, or give the source a secret of its own"));
    }

    @Test
    void theScopeOfACredentialIsReadForWhatItMeans() throws IOException {
        Configuration read =
                read("credentials: [{string: {id: a, scope: SYSTEM, secret: 'sm:x'}}, {string: {id: b, scope: GLOBAL,"
                        + " secret: 'sm:x'}}]");

        assertThat(read.rules().system()).containsExactly("a");
        assertThat(read.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentialsID: x", "credentialId: x", "perbuild: true"})
    void aMisspeltKeyIsStillAnError(String key) {
        assertThatThrownBy(() -> read("sources: [{ssm: {" + key + "}}]")).hasMessageContaining("an unknown key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret: sm:x #password",
                "secret: 'sm:x'   #password",
                "secret: \"sm:x\"  #/db/password",
                "secret: vault:secret/x #p.w ",
            })
    void aFieldBehindABlankIsAComment(String secret) throws IOException {
        assertThat(read("credentials:\n- string:\n    id: a\n    " + secret + "\n")
                        .notes())
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.place()).contains("aws-secrets.yaml:4:13: credentials[0].string.secret");
                    assertThat(note.reason()).endsWith("is a comment of YAML, so no field is named");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret: sm:x # password",
                "secret: sm:x #the password of the registry",
                "secret: sm:x#password #rotated",
                "secret: 'sm:x#password'",
                "secret: sm:x",
                "secret: >-\n      sm:x",
            })
    void aCommentThatIsOneIsLeftAlone(String secret) throws IOException {
        assertThat(read("credentials:\n- string:\n    id: a\n    " + secret + "\n")
                        .notes())
                .isEmpty();
    }

    private Configuration read(String yaml) throws IOException {
        return read(yaml, ENVIRONMENT);
    }

    private Configuration read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("aws-secrets.yaml"), yaml);
        return new ConfigurationReader(environment).read(file);
    }
}
