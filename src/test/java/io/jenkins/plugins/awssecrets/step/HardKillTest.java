package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.tasks.Shell;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.step.binding.DockerRegistryBinding;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed while blocks run: a process of its own, ended without notice. */
class HardKillTest {
    private static final String WAIT =
            "echo begun; i=0; while [ ! -f go ] && [ $i -lt 600 ]; do sleep 1; i=$((i+1)); done";

    private static final String BLOCK = """
        node {
          withAwsSecrets([
            dockerRegistry('docker-hub'),
            string('sonar'),
            secret(variable: 'DB_PASSWORD', from: 'vault:database/creds/readonly#password'),
          ]) {
            sh '%s'
            sh 'test -f "$DOCKER_CONFIG/config.json"; test "$SONAR" = can""ary-sonar-77aa; echo "$SONAR $DB_PASSWORD."'
          }
        }
        """.formatted(WAIT);

    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    @RegisterExtension
    final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Daws.accessKeyId=demo", "-Daws.secretAccessKey=demo");

    @Test
    void buildsThatGoOnHaveTheirSecretsAndNoBuildLeavesAnything() throws Throwable {
        String yaml = "unclassified:\n  awsSecrets:\n" + (backends.sources() + BlockSeed.CREDENTIALS).indent(4);
        controller.startJenkins();
        RealJenkinsExtension.Step begin = jenkins -> start(jenkins, yaml);
        controller.runRemotely(begin);
        controller.stopJenkinsForcibly();

        assertThat(Canaries.in(new File(controller.getHome(), "jobs"))).isEmpty();
        assertThat(Canaries.in(remainders())).isEmpty();

        controller.startJenkins();
        RealJenkinsExtension.Step end = HardKillTest::finish;
        controller.runRemotely(end);
        assertThat(remainders()).isEmptyDirectory();
        assertThat(Canaries.in(controller.getHome())).isEmpty();
        assertThat(leftIn(controller.getHome().toPath())).isEmpty();
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(3);
    }

    private File remainders() {
        return new File(controller.getHome(), "aws-secrets-remainders");
    }

    /** Private files, and encrypted values of builds. */
    private static List<Path> leftIn(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path ->
                            path.toString().contains("@tmp/aws-secrets-") || path.endsWith("aws-secrets-snapshot"))
                    .toList();
        }
    }

    private static void start(JenkinsRule jenkins, String yaml) throws Exception {
        Backends.load(yaml);
        jenkins.jenkins.setNumExecutors(3);
        WorkflowJob goesOn = jenkins.createProject(WorkflowJob.class, "goes-on");
        goesOn.setDefinition(new CpsFlowDefinition(BLOCK, true));
        WorkflowJob forgets = jenkins.createProject(WorkflowJob.class, "forgets");
        forgets.setDefinition(new CpsFlowDefinition(BLOCK, true));
        forgets.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        FreeStyleProject classic = jenkins.createFreeStyleProject("classic");
        classic.getBuildWrappersList()
                .add(new AwsSecretsWrapper(List.of(
                        new DockerRegistryBinding("docker-hub"),
                        new ReferenceBinding("DB_PASSWORD", "vault:database/creds/readonly#password"))));
        classic.getBuildersList().add(new Shell(WAIT));
        WorkflowRun first = goesOn.scheduleBuild2(0).waitForStart();
        WorkflowRun second = forgets.scheduleBuild2(0).waitForStart();
        FreeStyleBuild third = classic.scheduleBuild2(0).waitForStart();
        for (Run<?, ?> build : List.of(first, second, third)) {
            jenkins.waitForMessage("+ echo begun", build);
        }
    }

    private static void finish(JenkinsRule jenkins) throws Exception {
        for (Job<?, ?> job : jenkins.jenkins.getAllItems(Job.class)) {
            // Of processes that the killed controller left, too.
            Files.createFile(jenkins.jenkins.getRootDir().toPath().resolve("workspace/" + job.getName() + "/go"));
        }
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("goes-on", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("**** ****.", build);
        jenkins.assertLogNotContains(Canaries.MARK, build);
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        for (Job<?, ?> job : jenkins.jenkins.getAllItems(Job.class)) {
            Run<?, ?> last = job.getBuildByNumber(1);
            while (last.isLogUpdated() || Remainders.get().isLeft(last)) {
                assertThat(System.nanoTime()).as("left of " + last).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
