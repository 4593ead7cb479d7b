package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Looks for values in every file that Jenkins and an agent leave behind. */
class CanaryTest {
    /** What every secret of the seed has in it, and Vault's token. */
    private static final List<String> CANARIES = List.of("canary-", "demo-root-token");

    @RegisterExtension
    final Backends backends = new Backends(KindsTest.SEED);

    @RegisterExtension
    final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void noFileHoldsAValueAfterBuildsFailuresRestartAndExport() throws Throwable {
        session.then(jenkins -> {
            backends.configure(KindsTest.DECLARED);
            DumbSlave agent = jenkins.createOnlineSlave();

            for (String node : List.of("built-in", agent.getNodeName())) {
                jenkins.assertBuildStatus(
                        Result.SUCCESS, BuildUseTest.run(jenkins, "node('" + node + "') {\n" + KindsTest.USE + "}"));
                jenkins.assertBuildStatus(Result.FAILURE, BuildUseTest.run(jenkins, """
                        node('%s') {
                            withCredentials([string(credentialsId: 'token', variable: 'T')]) {
                                sh 'set -x; echo "$T"; echo left > behind'
                                error "it was ${T}"
                            }
                        }
                        """.formatted(node)));
            }
            jenkins.assertBuildStatus(Result.FAILURE, BuildUseTest.run(jenkins, """
                    withCredentials([string(credentialsId: 'nobody', variable: 'T')]) { echo 'never' }
                    """));
            ByteArrayOutputStream exported = new ByteArrayOutputStream();
            ConfigurationAsCode.get().export(exported);
            assertThat(exported.toString(UTF_8)).doesNotContain(CANARIES);
            assertNothingIn(Path.of(agent.getRemoteFS()));
            pauseInABlock(jenkins);
        });
        assertNothingIn(session.getHome().toPath());

        session.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("paused", WorkflowJob.class)
                    .getLastBuild();
            jenkins.waitForMessage("Ready to run", build);
            build.getAction(InputAction.class).getExecutions().get(0).doProceedEmpty();
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("still ****", build);
        });
        assertNothingIn(session.getHome().toPath());
    }

    private static void pauseInABlock(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "paused");
        job.setDefinition(new CpsFlowDefinition("""
                withCredentials([usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')]) {
                    input 'go on'
                    echo "still ${P}"
                }
                """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("go on", build);
    }

    private static void assertNothingIn(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).filter(Files::isReadable).toList();
        }
        assertThat(files).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String content = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
            for (Pattern canary : forms()) {
                if (canary.matcher(content).find()) {
                    found.add(directory.relativize(file) + " has " + canary);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** Plain, and base64 at each of the three places where it may begin. */
    private static List<Pattern> forms() {
        List<Pattern> forms = new ArrayList<>();
        for (String canary : List.of("canary-", "demo-root-token", "AKIACANARY")) {
            forms.add(Pattern.compile(Pattern.quote(canary)));
            for (int shift = 0; shift < 3; shift++) {
                String encoded = Base64.getEncoder().encodeToString((" ".repeat(shift) + canary).getBytes(UTF_8));
                // Without the characters that hold bits of what is before and after.
                forms.add(Pattern.compile(Pattern.quote(encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 4))));
            }
        }
        return forms;
    }
}
