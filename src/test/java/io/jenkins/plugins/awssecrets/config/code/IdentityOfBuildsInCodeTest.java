package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.authentication.AssumeRoleConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.JwtAuth;
import io.jenkins.plugins.awssecrets.config.sources.AwsSourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The keys by which each build reads as itself, the same from YAML, Job DSL and what is stored. */
@ExtendWith(SharedJenkins.class)
class IdentityOfBuildsInCodeTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/jenkins/";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void exportGivesBackWhatWasLoadedAndKeepsTheVariablesOfTheBuild() throws Exception {
        Backends.loadWhole("""
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - ssm:
                      id: tagged
                      assumeRole: {roleArn: "%1$s^${folder}", perBuild: true, tags: true, exactPolicy: true}
                  - secretsManager:
                      id: token
                      webIdentity: {roleArn: "%1$s^${job}", credentialsId: aws-token, tokenVariable: AWS_ID_TOKEN}
                  - vault:
                      id: jwt
                      url: "https://vault.example:8200"
                      auth: {jwt: {role: "jenkins-^${folder}", credentialsId: vault-token, perBuild: true, tokenVariable: VAULT_ID_TOKEN}}
                  - vault:
                      id: child
                      url: "https://vault.example:8200"
                      auth: {appRole: {credentialsId: approle}}
                      perBuild: {policies: ["jenkins-^${folder}", "job/^${job}"], ttl: 1h, tokenRole: "of-^${folder}"}
            """.formatted(ARN));
        assertAreAsWritten(AwsSecretsConfiguration.get().getSources());
        String exported = WholeConfiguration.exported();
        AwsSecretsConfiguration.get().setSources(List.of());

        Backends.loadWhole("unclassified:\n  awsSecrets:\n" + exported.indent(4));

        assertThat(WholeConfiguration.exported()).isEqualTo(exported);
        assertAreAsWritten(AwsSecretsConfiguration.get().getSources());
    }

    @Test
    void aJobDslScriptSetsThemAndTheFoldersFileKeepsThem() throws Exception {
        // Configuration as code would take ${...} for its own.
        String script = """
            folder('team') {
              properties {
                awsSecrets {
                  sources {
                    ssm {
                      id('tagged')
                      assumeRole {
                        role { roleArn('%1$s${folder}'); perBuild(true); tags(true); exactPolicy(true) }
                      }
                    }
                    secretsManager {
                      id('token')
                      webIdentity { roleArn('%1$s${job}'); credentialsId('aws-token'); tokenVariable('AWS_ID_TOKEN') }
                    }
                    vault {
                      id('jwt')
                      url('https://vault.example:8200')
                      auth {
                        jwt {
                          role('jenkins-${folder}')
                          credentialsId('vault-token')
                          perBuild(true)
                          tokenVariable('VAULT_ID_TOKEN')
                        }
                      }
                    }
                    vault {
                      id('child')
                      url('https://vault.example:8200')
                      auth { appRole { credentialsId('approle') } }
                      perBuild {
                        policies(['jenkins-${folder}', 'job/${job}'])
                        ttl('1h')
                        tokenRole('of-${folder}')
                      }
                    }
                  }
                }
              }
            }
            """.formatted(ARN);

        Backends.loadWhole(
                "jobs:\n  - script: |\n" + script.replace("${", "^${").indent(6));

        Folder team = (Folder) jenkins.jenkins.getItem("team");
        assertAreAsWritten(AwsSecretsFolderProperty.of(team).orElseThrow().getSources());
        Folder read = (Folder) team.getConfigFile().read();
        assertAreAsWritten(
                read.getProperties().get(AwsSecretsFolderProperty.class).getSources());
    }

    private static void assertAreAsWritten(List<? extends SourceConfiguration> sources) {
        assertThat(sources).hasSize(4);
        assertThat(((AwsSourceConfiguration) sources.get(0)).getAssumeRole())
                .singleElement()
                .satisfies(role -> assertThat(role)
                        .extracting(
                                AssumeRoleConfiguration::getRoleArn,
                                AssumeRoleConfiguration::isPerBuild,
                                AssumeRoleConfiguration::isTags,
                                AssumeRoleConfiguration::isExactPolicy)
                        .containsExactly(ARN + "${folder}", true, true, true));
        assertThat(((AwsSourceConfiguration) sources.get(1)).getWebIdentity()).satisfies(web -> {
            assertThat(web.getRoleArn()).isEqualTo(ARN + "${job}");
            assertThat(web.getCredentialsId()).isEqualTo("aws-token");
            assertThat(web.getTokenVariable()).isEqualTo("AWS_ID_TOKEN");
            assertThat(web.isPerBuild()).isTrue();
        });
        assertThat((JwtAuth) ((VaultConfiguration) sources.get(2)).getAuth()).satisfies(jwt -> {
            assertThat(jwt.getRole()).isEqualTo("jenkins-${folder}");
            assertThat(jwt.getCredentialsId()).isEqualTo("vault-token");
            assertThat(jwt.getTokenVariable()).isEqualTo("VAULT_ID_TOKEN");
            assertThat(jwt.isPerBuild()).isTrue();
        });
        assertThat(((VaultConfiguration) sources.get(3)).getPerBuild()).satisfies(child -> {
            assertThat(child.getPolicies()).containsExactly("jenkins-${folder}", "job/${job}");
            assertThat(child.getTtl()).isEqualTo("1h");
            assertThat(child.getTokenRole()).isEqualTo("of-${folder}");
        });
    }
}
