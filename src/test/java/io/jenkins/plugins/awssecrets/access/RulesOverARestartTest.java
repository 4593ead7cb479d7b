package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Rules that are withdrawn while Jenkins restarts under a build. */
class RulesOverARestartTest {
    private static final String GIVEN = """
        withAwsSecrets([string(credentialsId: 'guarded', variable: 'X'), secret(variable: 'Y', from: 'sm:team/shop/db')]) { echo 'given' }
        withCredentials([string(credentialsId: 'guarded', variable: 'X')]) { echo 'given' }
        """;

    @RegisterExtension
    final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/login", "canary-login-84dd")
            .secret("ci/other", "canary-other-84dd")
            .secret("team/shop/db", "canary-shop-84dd"));

    @Test
    void whatABuildWasAllowedStaysAllowedAndNothingElse() throws Throwable {
        session.then(jenkins -> {
            configure("allow: [{names: ['team/${folder}/*']}],", "shop/**");
            Folder shop = jenkins.createProject(Folder.class, "shop");
            WorkflowJob job = shop.createProject(WorkflowJob.class, "long");
            job.setDefinition(new CpsFlowDefinition(GIVEN + "semaphore 'restarted'\n" + GIVEN + """
                try {
                  withAwsSecrets([string(credentialsId: 'later', variable: 'X')]) { echo 'given' }
                } catch (e) {
                  echo "later: ${e.message}"
                }
                """, true));
            SemaphoreStep.waitForStart("restarted/1", job.scheduleBuild2(0).waitForStart());
            configure("", "nowhere");
        });
        session.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("shop/long", WorkflowJob.class);
            WorkflowRun build = job.getBuildByNumber(1);
            SemaphoreStep.success("restarted/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            String log = JenkinsRule.getLog(build);
            assertThat(log.split("given\n", -1)).as(log).hasSize(5);
            assertThat(log)
                    .contains("later: ")
                    .contains("rule 1 (jobs nowhere) needs the job nowhere")
                    .doesNotContain("canary");

            Run<?, ?> next = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
            assertThat(next.getResult()).isEqualTo(Result.FAILURE);
            assertThat(JenkinsRule.getLog(next))
                    .contains("rule 1 (jobs nowhere)")
                    .doesNotContain("given");
        });
    }

    /** @param direct rules of the source; @param jobs that may use the credentials */
    private void configure(String direct, String jobs) throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, " + direct) + """
                    credentials:
                      - string: {id: guarded, secret: "sm:ci/login", allow: [{jobs: ["%1$s"]}]}
                      - string: {id: later, secret: "sm:ci/other", allow: [{jobs: ["%1$s"]}]}
                    discovery: {enabled: false}
                    """.formatted(jobs)).indent(4));
    }
}
