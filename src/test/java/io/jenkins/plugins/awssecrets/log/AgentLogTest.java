package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps that write to the log from their agent, as {@code sh} does in its watching mode. */
@WithJenkins
class AgentLogTest {
    @RegisterExtension
    final Backends backends =
            new Backends(Seed.empty().secret("ci/first", "canary-first").secret("ci/later", "canary-later"));

    private final boolean watching = DurableTaskStep.USE_WATCHING;

    @BeforeEach
    void watch() {
        DurableTaskStep.USE_WATCHING = true;
    }

    @AfterEach
    void watchAsBefore() {
        DurableTaskStep.USE_WATCHING = watching;
    }

    @Test
    void agentMasksWhatTheBuildHasAndWhatItIsGivenLater(JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        jenkins.createOnlineSlave(jenkins.jenkins.getLabelAtom("remote"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node('remote') {
                  withAwsSecrets([secret(variable: 'FIRST', from: 'sm:ci/first')]) {
                    parallel(
                      early: {
                        sh '''set +x; echo "began with $FIRST"; : > began
                              while [ ! -f go ]; do sleep 0.2; done; echo "early sees $(cat value)"'''
                      },
                      later: {
                        sh 'set +x; while [ ! -f began ]; do sleep 0.2; done'
                        withAwsSecrets([secret(variable: 'LATER', from: 'sm:ci/later')]) {
                          sh 'set +x; printf %s "$LATER" > value; : > go; echo "later has $LATER"'
                        }
                      })
                  }
                  sh 'set +x; echo "after: $(cat value)"; rm value'
                }
                """, true));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        assertThat(JenkinsRule.getLog(build))
                .contains("began with ****", "early sees ****", "later has ****", "after: ****")
                .doesNotContain("canary-");
    }
}
