package io.jenkins.plugins.awssecrets.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
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

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private JenkinsRule jenkins;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

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
                      grep -q "END OPENSSH" "$DEPLOY_KEY_KEY_FILE"
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
                .doesNotContain("canary-")
                .doesNotContain(BlockSeed.KEY.lines().toList().get(1));
    }

    @Test
    void filesNeedAnAgent() throws Exception {
        WorkflowRun build = build("withAwsSecrets([dockerRegistry('docker-hub')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("Put withAwsSecrets inside node, or inside a stage with an agent", build);
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

    @Test
    void roleThatMayNotBeAssumedIsToldAndNothingIsBound() throws Exception {
        System.setProperty("aws.endpointUrlSts", backends.running().sts().toString());
        try {
            WorkflowRun build = build("""
                withAwsSecrets([aws(credentialsId: 'deploy', roleArn: 'arn:aws:iam::123456789012:role/other')]) { echo 'inside' }
                """);

            jenkins.assertBuildStatus(Result.FAILURE, build);
            assertThat(JenkinsRule.getLog(build))
                    .contains("arn:aws:iam::123456789012:role/other")
                    .doesNotContain("inside")
                    .doesNotContain("canary-")
                    .doesNotContain("\tat ");
        } finally {
            System.clearProperty("aws.endpointUrlSts");
        }
    }

    @Test
    void roleIsAssumedThroughTheProxyOfJenkins() throws Exception {
        // The sources are called at 127.0.0.1, for which there is an exception, and STS by another name of the machine.
        System.setProperty(
                "aws.endpointUrlSts", backends.running().sts().toString().replace("127.0.0.1", "localhost"));
        try (ServerSocket proxy = new ServerSocket(0)) {
            jenkins.jenkins.setProxy(
                    new ProxyConfiguration("localhost", proxy.getLocalPort(), null, null, "127.0.0.1"));
            Future<String> asked = executor.submit(() -> {
                try (Socket client = proxy.accept()) {
                    return new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)).readLine();
                } finally {
                    proxy.close();
                }
            });
            WorkflowRun build = build("""
                withAwsSecrets([aws(credentialsId: 'deploy', roleArn: 'arn:aws:iam::123456789012:role/deployer')]) { echo 'inside' }
                """);

            assertThat(asked.get(1, TimeUnit.MINUTES)).contains("localhost");
            jenkins.assertBuildStatus(Result.FAILURE, build);
            assertThat(backends.running().requests().to(Service.STS)).isEmpty();
        } finally {
            System.clearProperty("aws.endpointUrlSts");
        }
    }

    @Test
    void blockThatFailsToBeginGivesItsLeaseBackAtOnce() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
            catchError {
              withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/readonly#password'), file('settings')]) {
                echo 'inside'
              }
            }
            semaphore 'later'
            """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("later/1", build);
        while (backends.running().requests().count(Service.VAULT, "lease-revoke") == 0) {
            assertThat(build.isBuilding()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        SemaphoreStep.success("later/1", null);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogNotContains("inside\n", build);
    }

    private WorkflowRun build(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
