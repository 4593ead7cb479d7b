package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Folders with sources and credentials, made by a Job DSL script. */
@WithJenkins
class JobDslTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager: [{name: ci/docker, json: {username: robot, password: canary-4d0e}}]
        vault:
          mounts: [{path: secret, secrets: [{path: ci, data: {token: canary-77}}]}]
        """));

    @Test
    void scriptMakesAFolderWithSourcesCredentialsAndAJobThatUsesThem(JenkinsRule jenkins) throws Exception {
        backends.lend();
        run("""
            folder('team') {
              properties {
                awsSecrets {
                  sources {
                    secretsManager {
                      id('team-sm')
                      region('eu-west-1')
                      endpoint('%s')
                      stsEndpoint('%s')
                      accessKeyId('demo')
                      secretAccessKey(hudson.util.Secret.fromString('demo'))
                      assumeRole {
                        role { roleArn('arn:aws:iam::123456789012:role/team') }
                      }
                      allow {
                        rule { names(['ci/*', 'team/${folder}/*']) }
                        rule {
                          names(['prod/*'])
                          jobs(['team/**'])
                          branches(['main', 'release/*'])
                          changeRequests(true)
                        }
                      }
                      filter {
                        namePrefix('ci/')
                        tags { tag { key('team'); value('web') } }
                      }
                    }
                    vault {
                      id('team-vault')
                      url('%s')
                      auth { appRole { credentialsId('team-approle') } }
                    }
                  }
                  credentials {
                    dockerRegistry {
                      id('docker')
                      registry('registry.example')
                      username('team-sm:ci/docker#username')
                      password('team-sm:ci/docker#password')
                    }
                    x509ClientCert {
                      id('docker-tls')
                      from('team-sm:ci/docker-tls')
                    }
                    gitlabToken {
                      id('gitlab')
                      token('team-sm:ci/gitlab')
                    }
                    githubApp {
                      id('app')
                      appId('4711')
                      privateKey('team-sm:ci/app')
                    }
                    string {
                      id('token')
                      secret('team-vault:secret/ci#token')
                      allow {
                        rule {
                          jobs(['team/deploy'])
                          branches(['main'])
                        }
                      }
                    }
                  }
                  discovery { enabled(false) }
                }
              }
            }
            pipelineJob('team/deploy') {
              definition {
                cps {
                  sandbox(true)
                  script('''
                    node {
                      withCredentials([usernamePassword(credentialsId: 'docker', usernameVariable: 'U', passwordVariable: 'P')]) {
                        echo "logged in as ${U}, length ${P.length()}"
                      }
                    }
                  ''')
                }
              }
            }
            """.formatted(
                        backends.running().secretsManager(),
                        backends.running().sts(),
                        backends.running().vault()));

        Folder team = (Folder) jenkins.jenkins.getItem("team");
        assertThat(AwsSecretsFolderProperty.of(team).orElseThrow().getCredentials())
                .extracting(CredentialConfiguration::getId)
                .containsExactly("docker", "docker-tls", "gitlab", "app", "token");
        assertThat(Catalog.get().in(team).allow("team-sm").rules())
                .extracting(Rule::toString)
                .containsExactly(
                        "names ci/*, team/${folder}/*",
                        "names prod/*; jobs team/**; branches main, release/*; change requests too");
        assertThat(Catalog.get()
                        .in(team)
                        .declared("token")
                        .orElseThrow()
                        .allow()
                        .rules())
                .extracting(Rule::toString)
                .containsExactly("jobs team/deploy; branches main");
        WorkflowRun build = jenkins.buildAndAssertSuccess((WorkflowJob) team.getItem("deploy"));
        jenkins.assertLogContains("length 11", build);
        jenkins.assertLogNotContains("canary-4d0e", build);
    }

    @Test
    void malformedReferenceIsRefusedAndNoFolderMade(JenkinsRule jenkins) {
        assertThatThrownBy(() -> run("""
            folder('team') {
              properties {
                awsSecrets {
                  credentials { string { id('token'); secret('no reference') } }
                }
              }
            }
            """)).hasStackTraceContaining("credentials[0].string.secret: position 3");
        assertThat(jenkins.jenkins.getItem("team")).isNull();
    }

    @Test
    void malformedRuleIsRefusedAndNoFolderMade(JenkinsRule jenkins) {
        assertThatThrownBy(() -> run("""
            folder('team') {
              properties {
                awsSecrets {
                  credentials { string { id('token'); secret('sm:ci/token'); allow { rule { branches(['refs/heads/main']) } } } }
                }
              }
            }
            """))
                .hasStackTraceContaining("credentials[0].string.allow[0].branches[0]: a full ref");
        assertThat(jenkins.jenkins.getItem("team")).isNull();
    }

    private static void run(String script) throws Exception {
        // Configuration as code would take ${...} for its own.
        Backends.loadWhole(
                "jobs:\n  - script: |\n" + script.replace("${", "^${").indent(6));
    }
}
