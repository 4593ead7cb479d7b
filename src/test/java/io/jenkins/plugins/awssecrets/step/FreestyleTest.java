package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Shell;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.step.binding.AwsBinding;
import io.jenkins.plugins.awssecrets.step.binding.CertificateBinding;
import io.jenkins.plugins.awssecrets.step.binding.DatabaseBinding;
import io.jenkins.plugins.awssecrets.step.binding.DockerRegistryBinding;
import io.jenkins.plugins.awssecrets.step.binding.FileBinding;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import io.jenkins.plugins.awssecrets.step.binding.SshKeyBinding;
import io.jenkins.plugins.awssecrets.step.binding.StringBinding;
import io.jenkins.plugins.awssecrets.step.binding.UsernamePasswordBinding;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.TestNotifier;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build wrapper, for jobs that are no Pipelines. */
@WithJenkins
class FreestyleTest {
    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure(BlockSeed.CREDENTIALS);
    }

    @Test
    void freestyleBuildGetsTheSameThroughTheWrapper() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        StringBinding string = sonar();
        project.getBuildWrappersList()
                .add(new AwsSecretsWrapper(List.of(
                        new DockerRegistryBinding("docker-hub"),
                        string,
                        new ReferenceBinding("DOLLARS", "ssm:/ci/dollars"))));
        project.getBuildersList()
                .add(new Shell("test -f \"$DOCKER_CONFIG/config.json\"; echo \"$SONAR and $DOLLARS\";"
                        + " printf %s \"$DOLLARS\" | base64 > bound; echo \"$DOCKER_CONFIG\" > directory"));
        var build = jenkins.buildAndAssertSuccess(project);

        jenkins.assertLogContains("**** and ****", build);
        jenkins.assertLogNotContains("canary-", build);
        // canary-a$b$$c
        assertThat(build.getWorkspace().child("bound").readToString().trim()).isEqualTo("Y2FuYXJ5LWEkYiQkYw==");
        assertThat(build.getWorkspace()
                        .child(build.getWorkspace()
                                .child("directory")
                                .readToString()
                                .trim())
                        .exists())
                .isFalse();
        assertThat(Canaries.in(build.getRootDir())).isEmpty();
        assertThat(new java.io.File(build.getRootDir(), "aws-secrets-snapshot")).doesNotExist();
    }

    @Test
    void wrapperSurvivesAConfigurationRoundTrip() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        StringBinding string = new StringBinding("sonar");
        string.setVariable("SONAR");
        AwsBinding aws = new AwsBinding("deploy");
        aws.setPrefix("CLOUD");
        aws.setRoleArn("arn:aws:iam::123456789012:role/deployer");
        AwsSecretsWrapper wrapper = new AwsSecretsWrapper(List.of(
                new DockerRegistryBinding("docker-hub"),
                new DatabaseBinding("orders-db"),
                aws,
                new SshKeyBinding("deploy-key"),
                new CertificateBinding("signing"),
                new FileBinding("settings"),
                new UsernamePasswordBinding("nexus"),
                string,
                new ReferenceBinding("T", "sm:a#b")));
        project.getBuildWrappersList().add(wrapper);

        jenkins.configRoundtrip(project);

        AwsSecretsWrapper after = project.getBuildWrappersList().get(AwsSecretsWrapper.class);
        assertThat(after.getBindings()).hasSameSizeAs(wrapper.getBindings());
        for (int i = 0; i < wrapper.getBindings().size(); i++) {
            jenkins.assertEqualDataBoundBeans(
                    wrapper.getBindings().get(i), after.getBindings().get(i));
        }
    }

    @Test
    void wholeConsoleIsMaskedBehindTheWrappersEndToo() throws Exception {
        FreeStyleProject project = projectOn(jenkins.createOnlineSlave());
        Keeper keeper = new Keeper();
        project.getBuildersList().add(keeper);
        project.getPublishersList().add(new Teller(keeper));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);

        assertThat(JenkinsRule.getLog(build))
                .contains("kept ****", "told **** and ****.")
                .doesNotContain("canary-", "Y2FuYXJ5");
    }

    @Test
    void failureOnAnAgentLeavesNothing() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        FreeStyleProject project = projectOn(agent);
        project.getBuildersList().add(new Shell("test -f \"$DOCKER_CONFIG/config.json\" && echo there; exit 3"));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, project);

        jenkins.assertLogContains("there", build);
        assertNothingIsLeft(build, agent);
    }

    @Test
    void abortOnAnAgentLeavesNothing() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        FreeStyleProject project = projectOn(agent);
        project.getBuildersList().add(new Shell("echo begun; sleep 600"));
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("+ echo begun", build);
        // Jenkins takes what interrupts it while it starts a command for a failure.
        Eventually.until(
                Duration.ofSeconds(60), () -> Stream.of(build.getExecutor().getStackTrace())
                        .anyMatch(call -> call.getClassName().startsWith("hudson.Launcher$")
                                && call.getMethodName().equals("join")));
        assertThat(privateFiles(agent)).isNotEmpty();
        build.getExecutor().interrupt(Result.ABORTED);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNothingIsLeft(build, agent);
    }

    @Test
    void mistakeEndsTheBuildBeforeItsFirstStep() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildWrappersList().add(new AwsSecretsWrapper(List.of(new StringBinding("nobody"))));
        project.getBuildersList().add(new Shell("echo inside"));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, project);

        assertThat(JenkinsRule.getLog(build))
                .contains("string 'nobody': no credential with this id is declared or discovered")
                .doesNotContain("inside")
                .doesNotContain("\tat ");
    }

    private FreeStyleProject projectOn(Slave agent) throws IOException {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedNode(agent);
        project.getBuildWrappersList()
                .add(new AwsSecretsWrapper(List.of(
                        new DockerRegistryBinding("docker-hub"),
                        sonar(),
                        new ReferenceBinding("DB_PASSWORD", "vault:database/creds/readonly#password"))));
        return project;
    }

    private static StringBinding sonar() {
        StringBinding sonar = new StringBinding("sonar");
        sonar.setVariable("SONAR");
        return sonar;
    }

    private void assertNothingIsLeft(FreeStyleBuild build, Slave agent) throws Exception {
        assertThat(privateFiles(agent)).isEmpty();
        assertThat(Canaries.in(new File(agent.getRemoteFS()))).isEmpty();
        assertThat(Canaries.in(build.getRootDir())).isEmpty();
        assertThat(jenkins.jenkins.getRootDir().toPath().resolve("aws-secrets-remainders"))
                .isEmptyDirectory();
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isOne();
    }

    private static List<Path> privateFiles(Slave agent) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(agent.getRemoteFS()))) {
            return all.filter(path -> path.getFileName().toString().startsWith("aws-secrets-"))
                    .toList();
        }
    }

    /** A step that uses the variables on the controller, and keeps one. */
    private static final class Keeper extends TestBuilder {
        private transient String kept = "";

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException {
            kept = build.getEnvironment(listener).get("SONAR");
            listener.getLogger().println("kept " + kept);
            return true;
        }
    }

    /** A step behind the wrapper's end. */
    private static final class Teller extends TestNotifier {
        private final Keeper keeper;

        Teller(Keeper keeper) {
            this.keeper = keeper;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
            byte[] bytes = keeper.kept.getBytes(StandardCharsets.UTF_8);
            listener.getLogger()
                    .println("told " + keeper.kept + " and "
                            + Base64.getEncoder().encodeToString(bytes) + ".");
            return true;
        }
    }
}
