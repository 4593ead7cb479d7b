package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
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
    private static final String GUARDED =
            "withAwsSecrets([string(credentialsId: 'guarded', variable: 'X')]) { echo 'given' }\n";

    /** What the build asks for after the restart alone. */
    private static final String FIRST_ASKED_LATER = """
        node {
          withAwsSecrets([string(credentialsId: 'later', variable: 'X'), secret(variable: 'Y', from: 'sm:team/shop/db')]) { echo 'given' }
          withAwsSecrets([string(credentialsId: 'ofFolder', variable: 'X')]) { echo 'given' }
          withCredentials([string(credentialsId: 'later', variable: 'X')]) { echo 'given' }
          withCredentials([string(credentialsId: 'sm:team/shop/db', variable: 'X')]) { echo 'given' }
        }
        for (id in ['changed', 'gone', 'sm:other/x']) {
          try { withAwsSecrets([string(credentialsId: id, variable: 'X')]) { echo 'too much' } } catch (e) { echo "$id: ${e.message}" }
        }
        """;

    @RegisterExtension
    final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/login", "canary-login-84dd")
            .secret("ci/other", "canary-other-84dd")
            .secret("other/x", "canary-x-84dd")
            .secret("team/shop/db", "canary-shop-84dd")
            .secret("team/shop/cred", "canary-cred-84dd"));

    @Test
    void whatWasAllowedWhenABuildBeganStaysAllowedAndNothingElse() throws Throwable {
        session.then(jenkins -> {
            configureBefore();
            begin(jenkins, GUARDED + "semaphore 'restarted'\n" + GUARDED + FIRST_ASKED_LATER);
            configureAfter();
        });
        session.then(jenkins -> {
            WorkflowRun build = goOn(jenkins);
            jenkins.assertBuildStatusSuccess(build);
            String log = JenkinsRule.getLog(build);
            assertThat(log.split("given\n", -1)).as(log).hasSize(7);
            assertThat(log)
                    .contains("changed: ")
                    .contains("rule 1 (jobs nowhere) needs the job nowhere")
                    .contains("gone: ")
                    .contains("no credential with this id is declared")
                    .contains("sm:other/x: ")
                    .contains("source sm has no rule")
                    .doesNotContain("too much")
                    .doesNotContain("canary");
            assertThat(build.getRootDir().toPath().resolve("build.xml"))
                    .content()
                    .doesNotContain("StoredRules");

            WorkflowJob next = job("next", FIRST_ASKED_LATER);
            Run<?, ?> refused = jenkins.waitForCompletion(next.scheduleBuild2(0).waitForStart());
            assertThat(refused.getResult()).isEqualTo(Result.FAILURE);
            assertThat(JenkinsRule.getLog(refused))
                    .contains("rule 1 (jobs nowhere)")
                    .doesNotContain("given");
        });
    }

    @Test
    void rulesOfNowDecideWhereThoseOfTheStartCannotBeRead() throws Throwable {
        session.then(jenkins -> {
            configureBefore();
            begin(jenkins, GUARDED + "semaphore 'restarted'\n" + GUARDED + FIRST_ASKED_LATER);
            configureAfter();
            for (Path file : stored()) {
                Files.writeString(file, Files.readString(file).replace("shop/**", "**"));
            }
        });
        session.then(jenkins -> {
            WorkflowRun build = goOn(jenkins);
            assertThat(build.getResult()).isEqualTo(Result.FAILURE);
            // What it was given before is in its own snapshot.
            assertThat(JenkinsRule.getLog(build).split("given\n", -1)).hasSize(3);
            assertThat(JenkinsRule.getLog(build)).contains("rule 1 (jobs nowhere)");
        });
    }

    @Test
    void rulesAreStoredOnceAndNoLongerThanABuildNeedsThem() throws Throwable {
        session.then(jenkins -> {
            configureBefore();
            WorkflowRun first = begin(jenkins, "semaphore 'restarted'");
            List<Path> before = stored();
            WorkflowRun second = begin(jenkins, "semaphore 'restarted'");
            assertThat(stored()).isEqualTo(before).hasSize(2);

            configureAfter();
            WorkflowRun third = begin(jenkins, "semaphore 'restarted'");
            assertThat(stored()).hasSize(3).containsAll(before);
            for (WorkflowRun build : List.of(first, second, third)) {
                SemaphoreStep.success("restarted/" + build.getParent().getName(), null);
                jenkins.waitForCompletion(build);
            }
            configureBefore();
            configure("allow: [{names: ['third/*']}],", "third", "sm:ci/other", "gone");
            jenkins.waitForCompletion(begin(jenkins, "echo 'third'"));
            while (stored().size() > 2) {
                Thread.onSpinWait();
            }
            for (Path file : stored()) {
                assertThat(file).content().doesNotContain("canary").doesNotContain("team/${folder}");
            }
        });
    }

    private int jobs;

    /** A job of its own, whose semaphore is its name. */
    private WorkflowRun begin(JenkinsRule jenkins, String script) throws Exception {
        if (Jenkins.get().getItem("shop") == null) {
            Jenkins.get()
                    .createProjectFromXML("shop", new ByteArrayInputStream(folder().getBytes(StandardCharsets.UTF_8)));
        }
        String name = String.valueOf(++jobs);
        WorkflowRun build = job(name, script).scheduleBuild2(0).waitForStart();
        if (script.contains("semaphore")) {
            SemaphoreStep.waitForStart("restarted/" + name, build);
        }
        return build;
    }

    private static WorkflowRun goOn(JenkinsRule jenkins) throws Exception {
        SemaphoreStep.success("restarted/1", null);
        return jenkins.waitForCompletion(
                Jenkins.get().getItemByFullName("shop/1", WorkflowJob.class).getBuildByNumber(1));
    }

    private static WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = Jenkins.get().getItemByFullName("shop", Folder.class).createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(Jenkins.get().getRootDir().toPath().resolve("aws-secrets-rules"))) {
            return files.sorted().toList();
        }
    }

    private void configureBefore() throws Exception {
        configure("allow: [{names: ['team/${folder}/*']}],", "shop/**", "sm:ci/login", "gone");
    }

    /** Withdrawn, removed, and something else under the id of before. */
    private void configureAfter() throws Exception {
        configure("", "nowhere", "sm:ci/other", "another");
    }

    /**
     * @param direct rules of the source
     * @param jobs that may use the credentials
     * @param changed what the credential of this id reads
     * @param gone id of another one
     */
    private void configure(String direct, String jobs, String changed, String gone) throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, " + direct) + """
                    credentials:
                      - string: {id: guarded, secret: "sm:ci/login", allow: [{jobs: ["%1$s"]}]}
                      - string: {id: later, secret: "sm:ci/other", allow: [{jobs: ["%1$s"]}]}
                      - string: {id: changed, secret: "%2$s", allow: [{jobs: ["%1$s"]}]}
                      - string: {id: %3$s, secret: "sm:ci/login", allow: [{jobs: ["%1$s"]}]}
                    discovery: {enabled: false}
                    """.formatted(jobs, changed, gone))
                        .indent(4));
    }

    /** One whose credential takes what a rule of the source above gives to it. */
    private static String folder() {
        return "<com.cloudbees.hudson.plugins.folder.Folder><properties>"
                + "<io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty><sources/><credentials>"
                + "<io.jenkins.plugins.awssecrets.config.credentials.StringCredential>"
                + "<id>ofFolder</id><secret>sm:team/shop/cred</secret>"
                + "</io.jenkins.plugins.awssecrets.config.credentials.StringCredential>"
                + "</credentials></io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty></properties>"
                + "</com.cloudbees.hudson.plugins.folder.Folder>";
    }
}
