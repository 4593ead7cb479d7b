package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed while a block runs: a process of its own, ended without notice. */
class HardKillTest {
    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    @RegisterExtension
    final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Daws.accessKeyId=demo", "-Daws.secretAccessKey=demo");

    @Test
    void blockGoesOnWithItsSecretsAndLeavesNothing() throws Throwable {
        String yaml = "unclassified:\n  awsSecrets:\n" + (backends.sources() + BlockSeed.CREDENTIALS).indent(4);
        controller.startJenkins();
        RealJenkinsExtension.Step begin = jenkins -> start(jenkins, yaml);
        controller.runRemotely(begin);
        controller.stopJenkinsForcibly();

        assertThat(Canaries.in(new File(controller.getHome(), "jobs"))).isEmpty();
        assertThat(Canaries.in(new File(controller.getHome(), "aws-secrets-remainders")))
                .isEmpty();

        controller.startJenkins();
        RealJenkinsExtension.Step end = HardKillTest::finish;
        controller.runRemotely(end);
        assertThat(new File(controller.getHome(), "aws-secrets-remainders")).isEmptyDirectory();
        assertThat(Canaries.in(controller.getHome())).isEmpty();
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isOne();
    }

    private static void start(JenkinsRule jenkins, String yaml) throws Exception {
        Backends.load(yaml);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition("""
                node {
                  withAwsSecrets([
                    dockerRegistry('docker-hub'),
                    string('sonar'),
                    secret(variable: 'DB_PASSWORD', from: 'vault:database/creds/readonly#password'),
                  ]) {
                    sh 'echo begun; while [ ! -f go ]; do sleep 1; done'
                    sh 'test -f "$DOCKER_CONFIG/config.json"; test "$SONAR" = can""ary-sonar-77aa; echo "$SONAR $DB_PASSWORD."'
                  }
                }
                """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("+ echo begun", build);
    }

    private static void finish(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("p", WorkflowJob.class);
        WorkflowRun build = job.getBuildByNumber(1);
        jenkins.jenkins.getWorkspaceFor(job).child("go").write("", "UTF-8");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("**** ****.", build);
        jenkins.assertLogNotContains(Canaries.MARK, build);
    }
}
