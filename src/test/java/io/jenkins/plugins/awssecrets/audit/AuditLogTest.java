package io.jenkins.plugins.awssecrets.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One event a use and a refusal, and who and what each names. */
@WithJenkins
class AuditLogTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .parameter("/ci/username", "ci-robot"));

    private JenkinsRule jenkins;
    private List<AuditEvent> events;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        events = ExtensionList.lookupSingleton(Keeping.class).events();
        backends.configure("""
            credentials:
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
              - string: {id: guarded, secret: "sm:ci/sonar#token", allow: [{jobs: ["other"]}]}
              - string: {id: gone, secret: "sm:ci/none"}
              - usernamePassword: {id: robot, username: "ssm:/ci/username", password: "sm:ci/sonar#token"}
            discovery: {enabled: false}
            """);
    }

    @Test
    void eachUseAndEachRefusalIsOneEvent() throws Exception {
        WorkflowRun build = run("""
            withAwsSecrets([string(credentialsId: 'sonar', variable: 'S'), secret(variable: 'D', from: 'sm:ci/sonar#token')]) { echo S }
            withCredentials([string(credentialsId: 'sonar', variable: 'X')]) { echo X }
            try { withAwsSecrets([string(credentialsId: 'guarded', variable: 'S')]) { } } catch (e) { echo e.message }
            try { withCredentials([string(credentialsId: 'guarded', variable: 'S')]) { } } catch (e) { echo e.message }
            try { withAwsSecrets([string(credentialsId: 'gone', variable: 'S')]) { } } catch (e) { echo e.message }
            """);
        jenkins.assertBuildStatusSuccess(build);
        Eventually.holds(() -> events.size() >= 6);

        assertThat(events)
                .extracting(AuditEvent::outcome)
                .containsExactly(
                        Outcome.USED, Outcome.USED, Outcome.USED, Outcome.REFUSED, Outcome.REFUSED, Outcome.FAILED);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.job()).isEqualTo(build.getParent().getFullName());
            assertThat(event.build()).isEqualTo("1");
            assertThat(event.startedBy()).containsExactly("alice");
            assertThat(event.controller()).isEqualTo(Jenkins.get().getRootUrl());
            assertThat(event.reads()).singleElement().satisfies(read -> {
                assertThat(read.reference()).startsWith("sm:ci/");
                assertThat(read.version().isPresent()).isEqualTo(event.outcome() == Outcome.USED);
            });
            assertThat(event.reason()).isNotEmpty();
        });
        AuditEvent first = events.get(0);
        assertThat(first.credential()).isEqualTo("sonar");
        assertThat(first.reads()).singleElement().satisfies(read -> {
            assertThat(read.reference()).isEqualTo("sm:ci/sonar#token");
            assertThat(read.version()).isPresent();
        });
        assertThat(events.get(1).credential()).isEmpty();
        assertThat(events.get(3).reason()).contains("rule 1 (jobs other)");

        Path file = Jenkins.get().getRootDir().toPath().resolve("logs").resolve(AuditFile.NAME);
        Eventually.holds(() -> Files.exists(file) && Files.readAllLines(file).size() >= 6);
        assertThat(Files.readAllLines(file)).hasSize(6);
        assertThat(Files.readString(file)).doesNotContain("canary");
        assertThat(Files.readAllLines(file))
                .allSatisfy(line -> JSONObject.fromObject(line).getString("outcome"));
        assertThat(build.getAction(SecretUses.class).getUses())
                .extracting(SecretUse::getRefused)
                .anyMatch(text -> text.startsWith("refused: "))
                .anyMatch(text -> text.startsWith("failed: "));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(build, "aws-secrets/").asNormalizedText())
                    .contains("refused: none of its rules allows it")
                    .doesNotContain("canary");
        }
    }

    @Test
    void whoStartedItIsAnonymousWhereJenkinsHasNoUsers() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([string('sonar')]) {}\nwithAwsSecrets([string('guarded')]) {}", true));

        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(null))));

        Eventually.holds(() -> events.size() >= 2);
        assertThat(events).extracting(AuditEvent::outcome).containsExactly(Outcome.USED, Outcome.REFUSED);
        assertThat(events).allSatisfy(event -> assertThat(event.startedBy()).containsExactly("anonymous"));
    }

    @Test
    void eachCheckoutIsOneEvent(@TempDir Path directory) throws Exception {
        for (String[] command : new String[][] {
            {"init", "-q", "-b", "main"},
            {"-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-q", "--allow-empty", "-m", "first"}
        }) {
            List<String> git = new ArrayList<>(List.of("git"));
            git.addAll(List.of(command));
            assertThat(new ProcessBuilder(git)
                            .directory(directory.toFile())
                            .start()
                            .waitFor())
                    .isZero();
        }
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        String checkout = "checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '" + directory
                + "', credentialsId: 'robot']])\n";

        WorkflowRun build = run(checkout + checkout
                + "withCredentials([usernamePassword(credentialsId: 'robot', usernameVariable: 'U', passwordVariable:"
                + " 'P')]) { }\n"
                + checkout + "withAwsSecrets([string(credentialsId: 'sonar', variable: 'S')]) { }");

        jenkins.assertBuildStatusSuccess(build);
        Eventually.holds(
                () -> events.stream().anyMatch(event -> event.credential().equals("sonar")));
        assertThat(events)
                .extracting(AuditEvent::credential)
                .containsExactly("robot", "robot", "robot", "robot", "sonar");
    }

    @Test
    void useOutsideOfABuildIsAnEventOfItsItemOrOfTheController() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("polling");
        for (Item place : Arrays.asList(job, null)) {
            for (String id : List.of("sonar", "guarded")) {
                StringCredentials credential = place == null
                        ? CredentialsProvider.findCredentialByIdInItemGroup(
                                id, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                        : CredentialsProvider.findCredentialByIdInItem(
                                id, StringCredentials.class, place, ACL.SYSTEM2, List.of());
                for (int i = 0; i < 2; i++) {
                    try {
                        assertThat(credential.getSecret().getPlainText()).isEqualTo("canary-sonar-77aa");
                    } catch (CredentialsUnavailableException e) {
                        assertThat(id).isEqualTo("guarded");
                    }
                }
            }
        }
        Eventually.holds(() -> events.size() >= 4);

        assertThat(events)
                .extracting(
                        event -> event.job() + ":" + event.build() + ":" + event.credential() + " " + event.outcome())
                .containsExactly(
                        "polling::sonar USED", "polling::guarded REFUSED", "::sonar USED", "::guarded REFUSED");
        assertThat(events).allSatisfy(event -> assertThat(event.startedBy()).isEmpty());
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { " + script + " }", true));
        WorkflowRun build =
                jenkins.waitForCompletion(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice")))
                        .waitForStart());
        assertThat(build.getResult()).as(JenkinsRule.getLog(build)).isNotEqualTo(Result.ABORTED);
        return build;
    }

    @TestExtension
    public static final class Keeping extends KeepingListener {}
}
