package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.security.KeyPair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Blocks that last longer than an installation token of a GitHub App: a restart in the middle renews it at once. */
class InstallationTokenTest {
    private static final String LATER = "ghs_canary-later-20c4d8";
    private static final KeyPair KEY = TestKeys.rsa();

    @RegisterExtension
    final Backends backends = new Backends(
            Seed.parse("secretsManager: [{name: ci/app, string: " + new TextNode(TestKeys.traditional(KEY)) + "}]"));

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void stepsThatBeginLaterHaveATokenThatWasMadeAnew() throws Throwable {
        try (GitHubStub github = new GitHubStub(KEY.getPublic())) {
            sessions.then(jenkins -> {
                backends.configure("credentials: [{githubApp: {id: app, appId: \"" + GitHubStub.APP
                        + "\", owner: acme, privateKey: \"sm:ci/app\", apiUri: \"" + github.address() + "\"}}]\n"
                        + "discovery: {enabled: false}\n");
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "long");
                job.setDefinition(new CpsFlowDefinition("""
                    node {
                      withAwsSecrets([githubApp('app')]) {
                        sh 'echo "first ${#GITHUB_TOKEN} $GITHUB_TOKEN."'
                        semaphore 'inside'
                        waitUntil(quiet: true, initialRecurrencePeriod: 250) { env.GITHUB_TOKEN.contains('later') }
                        sh 'echo "then ${#GITHUB_TOKEN} $GITHUB_TOKEN."'
                      }
                    }
                    """, true));
                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                SemaphoreStep.waitForStart("inside/1", build);
            });
            github.gives(LATER);
            sessions.then(jenkins -> {
                WorkflowRun build = jenkins.jenkins
                        .getItemByFullName("long", WorkflowJob.class)
                        .getLastBuild();
                SemaphoreStep.success("inside/1", null);
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                assertThat(JenkinsRule.getLog(build))
                        .contains("first " + GitHubStub.TOKEN.length() + " ****.", "then " + LATER.length() + " ****.")
                        .doesNotContain("canary", "not renewed");
            });
        }
    }
}
