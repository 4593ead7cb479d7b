package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What ends a block that still waits for its values. */
class BlockFetchTest {
    /** Far longer than the test waits for anything. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void abortEndsTheWait() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = startWaiting(jenkins);
            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

            jenkins.assertLogNotContains("bound", build);
            assertThat(build.getDuration()).isLessThan(Duration.ofMinutes(1).toMillis());
        });
    }

    @Test
    void timeoutEndsTheWait() throws Throwable {
        sessions.then(jenkins -> {
            hang();
            WorkflowRun build = job(jenkins, "timeout(time: 2, unit: 'SECONDS') {\n" + BLOCK + "}")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

            jenkins.assertLogNotContains("bound", build);
        });
    }

    @Test
    void restartBeginsTheWaitAnew() throws Throwable {
        sessions.then(jenkins -> startWaiting(jenkins));
        backends.running().faults().clear();
        sessions.then(jenkins -> {
            WorkflowRun build =
                    jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("bound ****", build);
        });
    }

    private static final String BLOCK = "withAwsSecrets([string('sonar')]) { echo \"bound $SONAR\" }\n";

    private WorkflowRun startWaiting(JenkinsRule jenkins) throws Exception {
        hang();
        WorkflowRun build = job(jenkins, BLOCK).scheduleBuild2(0).waitForStart();
        while (backends.running().requests().to(Service.SECRETS_MANAGER).isEmpty()) {
            assertThat(build.isBuilding()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return build;
    }

    private void hang() {
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(FOR_EVER));
    }

    private WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        backends.configure(BlockSeed.CREDENTIALS);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
