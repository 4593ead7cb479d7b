package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A block's files, leases, variables and masks: over a restart, an abort, and the loss of the agent. */
class BlockLifeTest {
    private static final String BLOCK = """
        node('builder') {
          withAwsSecrets([
            dockerRegistry('docker-hub'),
            string('sonar'),
            secret(variable: 'DB_PASSWORD', from: 'vault:database/creds/readonly#password'),
          ]) {
            sh 'test -f "$DOCKER_CONFIG/config.json"'
            semaphore 'inside'
            sh 'test -f "$DOCKER_CONFIG/config.json"; test "$SONAR" = can""ary-sonar-77aa; echo "$SONAR $DB_PASSWORD"'
          }
          sh 'echo "after: can""ary-sonar-77aa"; env | grep -c SONAR || true'
        }
        """;

    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private String agentRoot;

    @Test
    void restartInTheMiddleGivesVariablesAndMasksBackAndLeavesNothing() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            assertThat(Canaries.in(jenkins.jenkins.getRootDir())).isEmpty();
            assertThat(Canaries.in(new File(agentRoot))).isEmpty();
            assertThat(privateFiles()).isNotEmpty();
            assertThat(build.isBuilding()).isTrue();
        });
        int reads = backends.running().requests().count(Service.VAULT, "read");
        sessions.then(jenkins -> {
            WorkflowRun build = theBuild(jenkins);
            assertThat(Canaries.in(jenkins.jenkins.getRootDir())).isEmpty();
            SemaphoreStep.success("inside/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("**** ****", build);
            jenkins.assertLogContains("after: ****", build);
            assertNothingIsLeft(jenkins, build);
            assertThat(backends.running().requests().count(Service.VAULT, "read"))
                    .isEqualTo(reads);
        });
    }

    @Test
    void abortTakesEverythingBack() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertNothingIsLeft(jenkins, build);
        });
    }

    @Test
    void killedBuildIsTakenBackToo() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            build.doKill();
            jenkins.waitForCompletion(build);
            assertNothingIsLeft(jenkins, build);
        });
    }

    @Test
    void agentThatWasLostIsCleanedWhenItIsBack() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            Computer computer = jenkins.jenkins.getComputer("builder");
            computer.disconnect(new OfflineCause.ByCLI("lost")).get();
            // Before the body's next step would ask for the agent.
            build.doStop();
            jenkins.waitForCompletion(build);
            Eventually.holds(() -> backends.running().requests().count(Service.VAULT, "lease-revoke") == 1);
            assertThat(privateFiles()).isNotEmpty();
            computer.connect(true).get();
            assertNothingIsLeft(jenkins, build);
        });
    }

    @Test
    void blockGoesOnWithItsFilesAndMasksWhenItsAgentIsBackInTime() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            Computer computer = jenkins.jenkins.getComputer("builder");
            computer.disconnect(new OfflineCause.ByCLI("lost")).get();
            computer.connect(true).get();
            SemaphoreStep.success("inside/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("**** ****", build);
            jenkins.assertLogContains("after: ****", build);
            assertNothingIsLeft(jenkins, build);
        });
    }

    @Test
    void agentThatWasLostOverARestartIsCleanedWhenItIsBack() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startBlock(jenkins);
            jenkins.jenkins
                    .getComputer("builder")
                    .disconnect(new OfflineCause.ByCLI("lost"))
                    .get();
            build.doStop();
            jenkins.waitForCompletion(build);
            assertThat(privateFiles()).isNotEmpty();
        });
        sessions.then(jenkins -> assertNothingIsLeft(jenkins, theBuild(jenkins)));
    }

    @Test
    void buildThatCannotGoOnAfterTheRestartIsTakenBack() throws Throwable {
        sessions.then(jenkins -> startBlock(jenkins));
        Files.delete(sessions.getHome().toPath().resolve("jobs/p/builds/1/program.dat"));
        sessions.then(jenkins -> {
            WorkflowRun build = theBuild(jenkins);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            assertNothingIsLeft(jenkins, build);
        });
    }

    @Test
    void leaseIsRenewedWhileTheBlockRunsAndRevokedAtItsEndNotAtTheBuilds() throws Throwable {
        sessions.then(jenkins -> {
            backends.configure(BlockSeed.CREDENTIALS);
            WorkflowJob job = job(jenkins, """
                withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/short#password')]) {
                  semaphore 'renewing'
                }
                semaphore 'between'
                withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/short#password')]) {
                  withAwsSecrets([secret(variable: 'Q', from: 'vault:database/creds/short#password')]) {
                    echo(P == Q ? 'shared' : 'not shared')
                  }
                  semaphore 'outer'
                }
                """);
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            SemaphoreStep.waitForStart("renewing/1", build);
            Eventually.holds(() -> backends.running().requests().count(Service.VAULT, "lease-renew") > 1);
            SemaphoreStep.success("renewing/1", null);
            SemaphoreStep.waitForStart("between/1", build);
            assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                    .isOne();
            SemaphoreStep.success("between/1", null);
            SemaphoreStep.waitForStart("outer/1", build);
            assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                    .isOne();
            SemaphoreStep.success("outer/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("shared", build);
            assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                    .isEqualTo(2);
        });
    }

    @Test
    void leaseThatEndsAtItsMaximumIsReportedInTheLogOnce() throws Throwable {
        sessions.then(jenkins -> {
            backends.configure(BlockSeed.CREDENTIALS);
            WorkflowRun build = job(jenkins, """
                withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/ending#password')]) {
                  semaphore 'ending'
                }
                """).scheduleBuild2(0).waitForStart();
            SemaphoreStep.waitForStart("ending/1", build);
            jenkins.waitForMessage("The lease of vault:database/creds/ending reaches its maximum and ends in", build);
            SemaphoreStep.success("ending/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).containsOnlyOnce("reaches its maximum");
        });
    }

    private WorkflowRun startBlock(JenkinsRule jenkins) throws Exception {
        backends.configure(BlockSeed.CREDENTIALS);
        Slave agent = jenkins.createSlave("builder", "", null);
        jenkins.waitOnline(agent);
        agentRoot = agent.getRemoteFS();
        WorkflowRun build = job(jenkins, BLOCK).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        return build;
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowRun theBuild(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
    }

    private void assertNothingIsLeft(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        File home = jenkins.jenkins.getRootDir();
        Eventually.holds(
                () -> filesOf(home.toPath().resolve("aws-secrets-remainders")).isEmpty());
        assertThat(privateFiles()).isEmpty();
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isOne();
        Eventually.holds(() -> !new File(build.getRootDir(), "aws-secrets-snapshot").exists());
        assertThat(Canaries.in(home)).isEmpty();
        assertThat(Canaries.in(new File(agentRoot))).isEmpty();
        jenkins.assertLogNotContains(Canaries.MARK, build);
    }

    private List<Path> privateFiles() throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(agentRoot))) {
            return all.filter(path -> path.getFileName().toString().startsWith("aws-secrets-"))
                    .toList();
        }
    }

    private static List<Path> filesOf(Path directory) throws Exception {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
