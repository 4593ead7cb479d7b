package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The bindings that write files or exchange keys. */
@WithJenkins
class BlockFilesTest {
    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure(BlockSeed.CREDENTIALS);
    }

    @Test
    void filesArePrivateWhileTheBlockRunsAndGoneAfter() throws Exception {
        WorkflowRun build = build("""
                node {
                  def directory
                  withAwsSecrets([
                    dockerRegistry('docker-hub'), sshKey('deploy-key'), certificate('signing'),
                    file(credentialsId: 'settings', variable: 'SETTINGS'),
                  ]) {
                    sh '''stat -c "%a %n" "$DOCKER_CONFIG" "$DOCKER_CONFIG/config.json" "$DEPLOY_KEY_KEY_FILE" \
                            "$SIGNING_KEYSTORE" "$SETTINGS" "$(dirname "$(dirname "$SETTINGS")")" | sed "s:/.*/::"'''
                    sh '''test "$(tail -c 4 "$DEPLOY_KEY_KEY_FILE" | tr -d "-")" = ""
                          grep -q "line-two" "$DEPLOY_KEY_KEY_FILE"
                          grep -q settings "$SETTINGS"
                          grep -q registry.example.com "$DOCKER_CONFIG/config.json"
                          cat "$DEPLOY_KEY_KEY_FILE" "$DOCKER_CONFIG/config.json"'''
                    directory = DOCKER_CONFIG
                  }
                  sh "test ! -e '${directory}' && test ! -e '${directory}/..' && echo gone"
                }
                """);
        String log = JenkinsRule.getLog(jenkins.assertBuildStatusSuccess(build));

        assertThat(log)
                .contains("700 docker", "600 config.json", "600 key", "600 keystore.p12", "600 settings.xml", "gone")
                .containsPattern("700 aws-secrets-")
                .doesNotContain("canary-");
    }

    @Test
    void filesNeedAnAgent() throws Exception {
        WorkflowRun build = build("withAwsSecrets([dockerRegistry('docker-hub')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("put withAwsSecrets inside of node", build);
        jenkins.assertLogNotContains("inside\n", build);
    }

    @Test
    void awsBindingAssumesARoleInTheNameOfTheBuild() throws Exception {
        System.setProperty("aws.endpointUrlSts", backends.running().sts().toString());
        try {
            WorkflowRun build = build("""
                    node {
                      withAwsSecrets([aws(credentialsId: 'deploy', externalId: 'jenkins',
                          roleArn: 'arn:aws:iam::123456789012:role/deployer')]) {
                        sh 'test "$AWS_ACCESS_KEY_ID" != AKIACANARYKEY && test -n "$AWS_SESSION_TOKEN" && test "$AWS_REGION" = eu-west-1'
                        sh 'echo "token $AWS_SESSION_TOKEN."'
                      }
                    }
                    """);

            jenkins.assertBuildStatusSuccess(build);
            jenkins.assertLogContains("token ****.", build);
            assertThat(backends.running().requests().to(Service.STS, "AssumeRole"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.details().get("RoleSessionName"))
                            .startsWith(build.getParent().getName())
                            .endsWith("-1"));
        } finally {
            System.clearProperty("aws.endpointUrlSts");
        }
    }

    private WorkflowRun build(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
