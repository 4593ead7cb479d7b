package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.step.binding.StringBinding;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the log says while a backend hangs. */
@WithJenkins
class WaitingTest {
    /** Where the AWS SDK finds STS, for what has no setting of its own. */
    private static final String STS = "aws.endpointUrlSts";

    @RegisterExtension
    final Backends backends =
            new Backends(BlockSeed.seed().secret("ci/one", "canary-one-1").parameter("/ci/two", "two"));

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
    void hungSourceIsNamedInTheLogOfAFreestyleBuildToo(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: one, secret: 'sm:ci/one'}}]\ndiscovery: {enabled: false}\n");
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(Duration.ofMinutes(5)));
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildWrappersList().add(new AwsSecretsWrapper(List.of(new StringBinding("one"))));
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();

        jenkins.waitForMessage("AWS Secrets: waiting for source sm (5 s so far, ", build);
        build.doStop();
        jenkins.waitForCompletion(build);
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
    void sessionOfARoleThatHangsIsNamed(JenkinsRule jenkins) throws Exception {
        backends.configure("""
            credentials:
              - aws: {id: keys, accessKeyId: AKIADEMO, secretAccessKey: "sm:ci/one", region: eu-west-1}
            discovery: {enabled: false}
            """);
        backends.running().faults().inject(Service.STS, Fault.latency(Duration.ofMinutes(5)));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([aws(credentialsId: 'keys', roleArn: 'arn:aws:iam::123456789012:role/deployer')]) {}",
                true));
        System.setProperty(STS, backends.running().sts().toString());
        try {
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();

            jenkins.waitForMessage("AWS Secrets: waiting for AWS STS (5 s so far)", build);
            build.doStop();
            jenkins.waitForCompletion(build);
        } finally {
            System.clearProperty(STS);
        }
    }

    @Test
    void endOfABlockThatHangsIsNamed(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/readonly#password')]) { semaphore"
                        + " 'in' }",
                true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("in/1", build);
        backends.running().faults().inject(Service.VAULT, Fault.latency(Duration.ofMinutes(5)));
        SemaphoreStep.success("in/1", null);

        jenkins.waitForMessage(
                "AWS Secrets: waiting for the block's secrets to be revoked and its files to be removed (5 s so far)",
                build);
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
