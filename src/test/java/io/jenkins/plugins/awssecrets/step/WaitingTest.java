package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the log says while a backend hangs. */
@WithJenkins
class WaitingTest {
    @RegisterExtension
    final Backends backends =
            new Backends(Seed.empty().secret("ci/one", "canary-one-1").parameter("/ci/two", "two"));

    @Test
    void hungSourceIsNamedWithTheTimeThatIsLeft(JenkinsRule jenkins) throws Exception {
        backends.configure("""
            credentials:
              - usernamePassword: {id: login, username: "ssm:/ci/two", password: "sm:ci/one"}
            discovery: {enabled: false}
            """);
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(Duration.ofMinutes(5)));

        for (String block : new String[] {
            "withAwsSecrets([usernamePassword('login')]) {}",
            "withCredentials([usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')])"
                    + " {}"
        }) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(block, true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();

            // The other source has answered, and is nobody's concern.
            jenkins.waitForMessage("AWS Secrets: waiting for source sm (5 s so far, ", build);
            assertThat(JenkinsRule.getLog(build)).containsPattern("\\(5 s so far, \\d+ s left before this fails\\)");
            build.doStop();
            jenkins.waitForCompletion(build);
        }
    }

    @Test
    void hungListIsNamed(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(Duration.ofMinutes(5)));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("withAwsSecrets([string('found-somewhere')]) {}", true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();

        jenkins.waitForMessage("AWS Secrets: waiting for the list of secrets of source sm (5 s so far, ", build);
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void sourceThatAnswersIsNotMentioned(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: one, secret: 'sm:ci/one'}}]\n");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("withAwsSecrets([string('one')]) { sleep 6 }", true));

        jenkins.assertLogNotContains("waiting for", jenkins.buildAndAssertSuccess(job));
    }
}
