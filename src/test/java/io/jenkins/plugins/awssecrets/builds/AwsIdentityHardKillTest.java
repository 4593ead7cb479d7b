package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed, or restarted, while a build reads from AWS as itself. */
class AwsIdentityHardKillTest {
    private static final String WAIT =
            "echo begun; i=0; while [ ! -f go ] && [ $i -lt 600 ]; do sleep 1; i=$((i+1)); done";
    private static final String SCRIPT = "node { "
            + reading("a", "sh '" + WAIT + "'; sh 'test \"$S\" = can\"\"ary-of-a'")
            + reading("a", "sh 'echo again \"$S\".'")
            + reading("b", "sh 'echo another \"$S\".'")
            + reading("b", "sh 'echo the same \"$S\".'")
            + " }";

    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        aws:
          accessKeys: [{ id: AKIACONTROLLER, secret: controller-key, user: jenkins, policies: [none] }]
          roles: [{ arn: "%s", trusts: ["arn:aws:iam::123456789012:user/jenkins"], policies: [abac] }]
          policies:
            none: []
            abac: [{ allow: ["ssm:Get*"], on: ["arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/jenkins-folder}/*"] }]
        ssm: [{ name: /shop/a, value: canary-of-a }, { name: /shop/b, value: canary-of-b }]
        """.formatted(AwsForBuilds.ROLE)));

    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension();

    @AfterEach
    void stop() {
        backends.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theBuildGoesOnWithItsValuesAndLogsInOnceMoreAtMost(boolean killed) throws Throwable {
        String configuration =
                """
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - %s
            """.formatted(AwsForBuilds.source(backends, AwsForBuilds.BY_ROLE, "^${folder}/*", "/shop/*"));
        controller.startJenkins();
        RealJenkinsExtension.Step begin = jenkins -> start(jenkins, configuration);
        controller.runRemotely(begin);
        assertThat(logins()).isEqualTo(1);
        assertThat(reads("/shop/a")).isEqualTo(1);
        assertThat(inTheClear(controller.getHome().toPath())).isEmpty();
        if (killed) {
            controller.stopJenkinsForcibly();
        } else {
            controller.stopJenkins();
        }

        controller.startJenkins();
        RealJenkinsExtension.Step end = AwsIdentityHardKillTest::finish;
        controller.runRemotely(end);

        assertThat(logins()).as("one before, and one for what was new after").isEqualTo(2);
        assertThat(backends.requests().to(Service.STS)).allSatisfy(login -> assertThat(login.details())
                .containsEntry("RoleSessionName", "shop-goes-on-1")
                .containsEntry("jenkins-folder", "shop"));
        assertThat(reads("/shop/a")).as("the values of before are kept").isEqualTo(1);
        assertThat(reads("/shop/b")).isEqualTo(1);
        assertThat(inTheClear(controller.getHome().toPath())).isEmpty();
    }

    private long logins() {
        return backends.requests().to(Service.STS).size();
    }

    private long reads(String name) {
        return backends.requests().to(Service.SSM).stream()
                .filter(call -> call.operation().startsWith("GetParameter")
                        && call.names().contains(name))
                .count();
    }

    /** Files of a build or of Jenkins that hold a value. */
    private static List<Path> inTheClear(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> Files.isRegularFile(path)
                            && path.toString().matches(".*\\.(xml|log|dat|jsonl?)|.*/log|.*snapshot"))
                    .filter(path -> {
                        try {
                            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                    .contains("canary-of");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .toList();
        }
    }

    private static String reading(String name, String body) {
        return "withAwsSecrets([secret(variable: 'S', from: 'own:/shop/" + name + "')]) { " + body + " }\n";
    }

    private static void start(JenkinsRule jenkins, String configuration) throws Exception {
        Backends.load(configuration);
        WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "goes-on");
        job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("+ echo begun", build);
    }

    private static void finish(JenkinsRule jenkins) throws Exception {
        Files.createFile(jenkins.jenkins.getRootDir().toPath().resolve("workspace/shop/goes-on/go"));
        WorkflowRun build = jenkins.jenkins
                .getItemByFullName("shop/goes-on", WorkflowJob.class)
                .getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        for (String line : List.of("again ****.", "another ****.", "the same ****.")) {
            jenkins.assertLogContains(line, build);
        }
        Eventually.nothingIsLeftOf(build);
    }
}
