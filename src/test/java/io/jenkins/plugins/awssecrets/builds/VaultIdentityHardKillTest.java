package io.jenkins.plugins.awssecrets.builds;

import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.job;
import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed, or restarted, while builds read from Vault as themselves. */
class VaultIdentityHardKillTest {
    private static final String WAIT =
            "echo begun; i=0; while [ ! -f go ] && [ $i -lt 600 ]; do sleep 1; i=$((i+1)); done";
    private static final String BODY =
            reading("secret/shop/db", "sh '" + WAIT + "'; sh 'test \"$PASSWORD\" = can\"\"ary-of-shop'")
                    + reading("secret/shop/db", "sh 'echo again \"$PASSWORD\".'")
                    + reading("secret/shop/web/db", "sh 'echo another \"$PASSWORD\".'");
    private static final String SCRIPT = "node { " + BODY + " }";

    private final int port = freePort();
    private final DemoBackends backends =
            DemoBackends.start(VaultForBuilds.seed(URI.create("http://localhost:" + port + "/jenkins/")));

    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension().withPort(port);

    @AfterEach
    void stop() {
        backends.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void afterAKillBuildsGoOnWithTheirTokensAndAllTokensAreRevokedInTheEnd() throws Throwable {
        begin(VaultForBuilds.BY_ID_TOKEN);
        controller.stopJenkinsForcibly();
        goOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {VaultForBuilds.BY_CHILD_TOKEN})
    void afterARestartBuildsGoOnWithTheirTokens(String authentication) throws Throwable {
        begin(authentication);
        controller.stopJenkins();
        goOn();
    }

    private void begin(String authentication) throws Throwable {
        String vault = backends.vault().toString();
        controller.startJenkins();
        RealJenkinsExtension.Step begin = jenkins -> start(jenkins, vault, authentication);
        controller.runRemotely(begin);
        assertThat(logins()).isEqualTo(2);
        assertThat(withTokens(controller.getHome().toPath())).isEmpty();
    }

    private void goOn() throws Throwable {
        controller.startJenkins();
        RealJenkinsExtension.Step end = VaultIdentityHardKillTest::finish;
        controller.runRemotely(end);
        assertThat(logins()).as("one for each build").isEqualTo(2);
        // One may be asked for twice: by the end of its build, and by who looks for what builds left.
        assertThat(backends.requests().count(Service.VAULT, "revoke-self")).isBetween(2, 4);
        assertThat(controller.getHome().toPath().resolve("aws-secrets-remainders"))
                .isEmptyDirectory();
        assertThat(backends.requests().to(Service.VAULT))
                .filteredOn(request -> request.names().contains("pki/revoke"))
                .as("the certificate, which has no lease, is revoked while its build's token is good")
                .hasSize(1);
        assertThat(withTokens(controller.getHome().toPath())).isEmpty();
    }

    private long logins() {
        return backends.requests().count(Service.VAULT, "login")
                + backends.requests().count(Service.VAULT, "token");
    }

    /** Files that hold a Vault token or an ID token in plain text. */
    private static List<Path> withTokens(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> Files.isRegularFile(path)
                            && path.toString().matches(".*\\.(xml|log|dat)|.*/log|.*snapshot"))
                    .filter(path -> {
                        try {
                            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                    .contains(VaultForBuilds.TOKEN_MARK);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .toList();
        }
    }

    private static void start(JenkinsRule jenkins, String vault, String authentication) throws Exception {
        VaultForBuilds.configure(URI.create(vault), authentication, VaultForBuilds.CLIENT);
        jenkins.jenkins.setNumExecutors(2);
        Folder shop = jenkins.createProject(Folder.class, "shop");
        WorkflowRun first = job(shop, "goes-on", SCRIPT).scheduleBuild2(0).waitForStart();
        WorkflowJob forgets = job(shop, "forgets", "node { withAwsSecrets([certificate('client')]) { " + BODY + " } }");
        forgets.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        WorkflowRun second = forgets.scheduleBuild2(0).waitForStart();
        for (Run<?, ?> build : List.of(first, second)) {
            jenkins.waitForMessage("+ echo begun", build);
        }
    }

    private static void finish(JenkinsRule jenkins) throws Exception {
        for (Job<?, ?> job : jenkins.jenkins.getAllItems(Job.class)) {
            Files.createFile(jenkins.jenkins.getRootDir().toPath().resolve("workspace/" + job.getFullName() + "/go"));
        }
        WorkflowRun build = jenkins.jenkins
                .getItemByFullName("shop/goes-on", WorkflowJob.class)
                .getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("again ****.", build);
        jenkins.assertLogContains("another ****.", build);
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        for (Job<?, ?> job : jenkins.jenkins.getAllItems(Job.class)) {
            Run<?, ?> last = job.getBuildByNumber(1);
            while (last.isLogUpdated() || Remainders.get().isLeft(last)) {
                assertThat(System.nanoTime()).as("left of " + last).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
