package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Credentials in builds: what a build gets, how often a source is asked for it, and what is told when it cannot be had. */
@WithJenkins
class BuildUseTest {
    private static final String DECLARED = """
        credentials:
          - usernamePassword: {id: mixed, username: "ssm:/ci/username", password: "vault:secret/ci/db#password"}
          - string: {id: token, secret: "sm:ci/token"}
          - string: {id: gone, secret: "sm:ci/gone"}
          - string: {id: plain, secret: "ssm:/ci/plain"}
        discovery: {enabled: false}
        """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        ssm:
          - {name: /ci/username, value: robot-7a1e}
          - {name: /ci/plain, value: canary-plain-31}
        secretsManager:
          - {name: ci/token, string: canary-5b20}
        vault:
          mounts:
            - path: secret
              secrets:
                - {path: ci/db, data: {password: canary-c4d8}}
        """));

    @Test
    void userNameFromOneSourceAndPasswordFromAnotherAreReadOnceABuild(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        WorkflowRun build = run(jenkins, """
            for (int i = 0; i < 3; i++) {
                withCredentials([usernamePassword(credentialsId: 'mixed', usernameVariable: 'U', passwordVariable: 'P')]) {
                    echo "is it ${U == 'robot-7a1e'} and ${P == 'canary-c4d8'}"
                }
            }
            withCredentials([usernameColonPassword(credentialsId: 'mixed', variable: 'UP')]) {
                echo "is it ${UP == 'robot-7a1e:canary-c4d8'}"
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("is it true and true", "is it true")
                .doesNotContain("is it false");
        assertThat(values()).containsExactlyInAnyOrder("SSM GetParameters", "VAULT read");
    }

    @Test
    void nextBuildReadsAnew(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        String script =
                "withCredentials([string(credentialsId: 'token', variable: 'T')]) { echo \"is ${T.length()}\" }";

        jenkins.assertBuildStatus(Result.SUCCESS, run(jenkins, script));
        jenkins.assertBuildStatus(Result.SUCCESS, run(jenkins, script));

        assertThat(values()).hasSize(2);
    }

    @Test
    void rotationInTheMiddleOfABuildIsSeenByTheNextBuildAlone(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        String ask =
                "withCredentials([string(credentialsId: 'token', variable: 'T')]) { echo \"length ${T.length()}\" }\n";
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(ask + "input 'go on'\n" + ask, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("go on", build);

        try (SecretsManagerClient aws = client()) {
            aws.putSecretValue(put -> put.secretId("ci/token").secretString("canary-rotated-since"));
        }
        build.getAction(InputAction.class).getExecutions().get(0).doProceedEmpty();

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("length 11", -1)).hasSize(3);
        assertThat(JenkinsRule.getLog(run(jenkins, ask))).contains("length 20");
    }

    /** Or else whoever may write a secret, and has seen a config.xml, reads what is encrypted in it. */
    @Test
    void textThatThisJenkinsHasEncryptedIsNotDecrypted(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        try (SecretsManagerClient aws = client()) {
            String encrypted = Secret.fromString("canary-of-jenkins").getEncryptedValue();
            aws.putSecretValue(put -> put.secretId("ci/token").secretString(encrypted));
        }

        WorkflowRun build = run(
                jenkins, "withCredentials([string(credentialsId: 'token', variable: 'T')]) { echo \"${T.length()}\" }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("credential 'token'", "text that this Jenkins encrypted")
                .doesNotContain("canary-of-jenkins");
    }

    @Test
    void stepAndBindingOfOneBuildShareWhatWasRead(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        WorkflowRun build = run(jenkins, """
            withAwsSecrets([secret(variable: 'P', from: 'vault:secret/ci/db#password'), usernamePassword('mixed')]) {
                withCredentials([usernameColonPassword(credentialsId: 'mixed', variable: 'UP')]) {
                    echo "is it ${UP == 'robot-7a1e:' + P}"
                }
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains("is it true", build);
        assertThat(values()).containsExactlyInAnyOrder("SSM GetParameters", "VAULT read");
    }

    private SecretsManagerClient client() {
        return SecretsManagerClient.builder()
                .endpointOverride(backends.running().secretsManager())
                .region(Region.EU_WEST_1)
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    @Test
    void valueIsMaskedAndUseIsTracked(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        WorkflowRun build =
                run(jenkins, "withCredentials([string(credentialsId: 'token', variable: 'T')]) { echo \"it is $T\" }");

        jenkins.assertLogContains("it is ****", build);
        Fingerprint use = CredentialsProvider.getFingerprintOf(CredentialsProvider.findCredentialByIdInItemGroup(
                "token", StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of()));
        assertThat(use.getRangeSet(build.getParent().getFullName()).includes(build.getNumber()))
                .isTrue();
    }

    @Test
    void missingSecretFailsTheBuildWithTheCauseAndTheFix(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        WorkflowRun build =
                run(jenkins, "withCredentials([string(credentialsId: 'gone', variable: 'T')]) { echo 'never' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("CredentialsUnavailableException")
                .contains("sm:ci/gone")
                .doesNotContain("never");
    }

    private List<String> values() {
        return backends.running().requests().all().stream()
                .filter(request -> request.service() != Service.VAULT || isValue(request))
                .map(request -> request.service() + " " + request.operation())
                .toList();
    }

    private static boolean isValue(RecordedRequest request) {
        return request.operation().equals("read") && request.names().toString().contains("ci/db");
    }

    static WorkflowRun run(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
