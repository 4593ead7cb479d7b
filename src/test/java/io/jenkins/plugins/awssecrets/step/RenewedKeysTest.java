package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Blocks that last longer than the keys of their role, which are good for some seconds here. */
class RenewedKeysTest {
    /** STS gives keys for 900 seconds at least: by a clock that is slow, most of them are over. */
    private static final Clock SLOW = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(12 - 900));

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{id: demo}]
          roles: [{arn: "arn:aws:iam::123456789012:role/deployer"}]
        """), SLOW);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void theFileAndTheVariablesOfLaterStepsAreRenewedAndNothingIsLeft() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build =
                    start(jenkins, """
                node {
                  withAwsSecrets([aws('deploy')]) {
                    sh '''set +x
                %s echo "profile $AWS_PROFILE mode $(stat -c %%a "$F") $(cat "$F")" '''
                    sh '''set +x
                %s grep -q "$AWS_ACCESS_KEY_ID" "$F" && echo "variables as they were" || echo "file renewed" '''
                    sh '''set +x
                %s grep -q "$AWS_ACCESS_KEY_ID.*$AWS_SECRET_ACCESS_KEY.*$AWS_SESSION_TOKEN" "$F" && echo "variables renewed"
                echo "masked $AWS_SECRET_ACCESS_KEY" '''
                  }
                }
                """.formatted(KeysOfBlock.FILE, KeysOfBlock.UNTIL_RENEWED, KeysOfBlock.FILE));

            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build))
                    .contains("profile aws-secrets-aws mode 600", "file renewed", "variables renewed", "masked ****")
                    .doesNotContain("demo-session-", "could not be renewed");
            assertNothingIsLeft(jenkins);
            int calls = backends.running().requests().count(Service.STS, "AssumeRole");
            Thread.sleep(7000);
            assertThat(backends.running().requests().count(Service.STS, "AssumeRole"))
                    .as("nothing is renewed for a block that has ended")
                    .isEqualTo(calls);
        });
    }

    @Test
    void aBlockThatARestartWentThroughIsRenewedAgain() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = start(jenkins, """
                node {
                  withAwsSecrets([aws('deploy')]) {
                    semaphore 'inside'
                    sh '''set +x
                %s echo "renewed $(grep -c Expiration "$F")" '''
                  }
                }
                """.formatted(KeysOfBlock.UNTIL_RENEWED));
            SemaphoreStep.waitForStart("inside/1", build);
        });
        int before = backends.running().requests().count(Service.STS, "AssumeRole");
        sessions.then(jenkins -> {
            WorkflowRun build =
                    jenkins.jenkins.getItemByFullName("long", WorkflowJob.class).getLastBuild();
            SemaphoreStep.success("inside/1", null);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("renewed 1", build);
            assertThat(backends.running().requests().count(Service.STS, "AssumeRole"))
                    .isGreaterThan(before);
            assertNothingIsLeft(jenkins);
        });
    }

    @Test
    void anotherRoleInTheJenkinsfileIsRefused() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = start(
                    jenkins,
                    "withAwsSecrets([aws(credentialsId: 'deploy', roleArn: 'arn:aws:iam::123456789012:role/x')]) {}");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("its keys are those of a role", build);
        });
    }

    private WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s", stsEndpoint: "%s"}
                credentials:
                  - aws: {id: deploy, region: eu-west-1, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer", durationSeconds: "900"}}
                discovery: {enabled: false}
            """.formatted(
                        backends.running().secretsManager(), backends.running().sts()));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void assertNothingIsLeft(JenkinsRule jenkins) throws IOException {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("long", WorkflowJob.class);
        Path temporary = Path.of(
                WorkspaceList.tempDir(jenkins.jenkins.getWorkspaceFor(job)).getRemote());
        try (Stream<Path> files = Files.isDirectory(temporary) ? Files.list(temporary) : Stream.empty()) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("aws-secrets-")))
                    .isEqualTo(List.of());
        }
    }
}
