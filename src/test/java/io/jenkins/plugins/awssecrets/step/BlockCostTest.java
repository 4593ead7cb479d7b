package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.Backends;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a block asks others for, and waits for, where it need not. */
@WithJenkins
class BlockCostTest {
    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends.configure(BlockSeed.CREDENTIALS);
    }

    @Test
    void variablesAloneNeedNoEnvironmentOfTheBuild() throws Exception {
        // The first build of a Jenkins asks more often.
        asked("withEnv(['A=b']) {}");

        // Once by Pipeline itself.
        assertThat(asked("withAwsSecrets([string('sonar')]) {}")).isLessThanOrEqualTo(1);
    }

    private int asked(String script) throws Exception {
        Asked.TIMES.set(0);
        jenkins.buildAndAssertSuccess(job(script));
        return Asked.TIMES.get();
    }

    @Test
    void blockThatLeavesNothingIsOverWithoutWaiting() throws Exception {
        assertThat(isFreeInside("withAwsSecrets([string('sonar'), aws('deploy')]) { semaphore 'inside' }"))
                .containsExactly(true);
    }

    @Test
    void leaseIsWaitedFor() throws Exception {
        assertThat(isFreeInside("""
            withAwsSecrets([secret(variable: 'DB', from: 'vault:database/creds/readonly#password')]) {
              semaphore 'inside'
            }
            """)).containsExactly(false);
    }

    @Test
    void fileIsWaitedFor() throws Exception {
        assertThat(isFreeInside("node { withAwsSecrets([dockerRegistry('docker-hub')]) { semaphore 'inside' } }"))
                .containsExactly(false);
    }

    /** The blocks that run while the script waits. */
    private List<Boolean> isFreeInside(String script) throws Exception {
        WorkflowRun build = job(script).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        List<Boolean> free = new CopyOnWriteArrayList<>();
        StepExecution.acceptAll(AwsSecretsExecution.class, block -> free.add(block.isFree()))
                .get(1, TimeUnit.MINUTES);
        SemaphoreStep.success("inside/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        return free;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A plugin that adds to the environment of builds, as many do. */
    @TestExtension
    public static final class Asked extends EnvironmentContributor {
        private static final AtomicInteger TIMES = new AtomicInteger();

        @Override
        public void buildEnvironmentFor(Run run, EnvVars variables, TaskListener listener) {
            TIMES.incrementAndGet();
        }
    }
}
