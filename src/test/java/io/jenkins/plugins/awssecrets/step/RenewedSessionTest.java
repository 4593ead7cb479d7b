package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Clock;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Blocks that last longer than the session of the role that their Jenkinsfile names. */
class RenewedSessionTest {
    private static final String ENDPOINT = "aws.endpointUrlSts";

    /** STS gives keys for an hour: by a clock that is slow, most of it is over. */
    private static final Clock SLOW = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20 - 3600));

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{id: demo}]
          roles: [{arn: "arn:aws:iam::123456789012:role/deployer"}]
        secretsManager:
          - {name: ci/key, json: {accessKeyId: demo, secretAccessKey: demo-secret}}
        """), SLOW);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void lead() {
        System.setProperty(ENDPOINT, backends.running().sts().toString());
    }

    @AfterEach
    void leave() {
        System.clearProperty(ENDPOINT);
    }

    @Test
    void fileAndVariablesOfLaterStepsAreRenewedAlsoAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = start(
                    jenkins, """
                node {
                  withAwsSecrets([aws(credentialsId: 'stored', roleArn: 'arn:aws:iam::123456789012:role/deployer')]) {
                    sh '''set +x
                %s grep -q "$AWS_ACCESS_KEY_ID" "$F" && echo "variables as they were" || echo "file renewed" '''
                    sh '''set +x
                %s grep -q "$AWS_ACCESS_KEY_ID.*$AWS_SECRET_ACCESS_KEY.*$AWS_SESSION_TOKEN" "$F" && echo "variables renewed"
                echo "profile $AWS_PROFILE masked $AWS_SECRET_ACCESS_KEY" '''
                    semaphore 'inside'
                    sh '''set +x
                %s echo "renewed again $(grep -c Expiration "$F")" '''
                  }
                }
                """.formatted(KeysOfBlock.UNTIL_RENEWED, KeysOfBlock.FILE, KeysOfBlock.UNTIL_RENEWED));
            SemaphoreStep.waitForStart("inside/1", build);
        });
        int before = backends.running().requests().count(Service.STS, "AssumeRole");
        sessions.then(jenkins -> {
            WorkflowRun build =
                    jenkins.jenkins.getItemByFullName("long", WorkflowJob.class).getLastBuild();
            SemaphoreStep.success("inside/1", null);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build))
                    .contains("file renewed", "variables renewed", "profile aws-secrets-aws masked ****")
                    .contains("renewed again 1")
                    .doesNotContain("demo-session-", "could not be renewed", "not renewed");
            assertThat(backends.running().requests().count(Service.STS, "AssumeRole"))
                    .isGreaterThan(before);
        });
    }

    @Test
    void outsideOfANodeTheSessionIsInVariablesAlone() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = start(
                    jenkins,
                    "withAwsSecrets([aws(credentialsId: 'stored', roleArn:"
                            + " 'arn:aws:iam::123456789012:role/deployer')]) { echo \"profile ${env.AWS_PROFILE} file"
                            + " ${env.AWS_CONFIG_FILE} ${env.AWS_SESSION_TOKEN}\" }");
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("profile null file null ****", build);
        });
    }

    private WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s"}
                credentials:
                  - aws: {id: stored, region: eu-west-1, from: "sm:ci/key"}
                discovery: {enabled: false}
            """.formatted(backends.running().secretsManager()));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }
}
