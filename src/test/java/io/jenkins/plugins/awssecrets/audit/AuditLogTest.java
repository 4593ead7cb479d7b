package io.jenkins.plugins.awssecrets.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.CredentialsUseListener;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One event a use and a refusal; who takes them never holds a build up. */
@WithJenkins
class AuditLogTest {
    private static final List<AuditEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<String> USED = new CopyOnWriteArrayList<>();
    private static volatile CountDownLatch hanging = new CountDownLatch(0);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .parameter("/ci/username", "ci-robot"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        EVENTS.clear();
        USED.clear();
        backends.configure("""
            credentials:
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
              - string: {id: guarded, secret: "sm:ci/sonar#token", allow: [{jobs: ["other"]}]}
              - string: {id: gone, secret: "sm:ci/none"}
              - usernamePassword: {id: robot, username: "ssm:/ci/username", password: "sm:ci/sonar#token"}
            discovery: {enabled: false}
            """);
    }

    @AfterEach
    void release() {
        hanging.countDown();
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
        until(() -> EVENTS.size() >= 6);

        assertThat(EVENTS)
                .extracting(AuditEvent::outcome)
                .containsExactly(
                        Outcome.USED, Outcome.USED, Outcome.USED, Outcome.REFUSED, Outcome.REFUSED, Outcome.FAILED);
        assertThat(EVENTS).allSatisfy(event -> {
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
        AuditEvent first = EVENTS.get(0);
        assertThat(first.credential()).isEqualTo("sonar");
        assertThat(first.reads()).singleElement().satisfies(read -> {
            assertThat(read.reference()).isEqualTo("sm:ci/sonar#token");
            assertThat(read.version()).isPresent();
        });
        assertThat(EVENTS.get(1).credential()).isEmpty();
        assertThat(EVENTS.get(3).reason()).contains("rule 1 (jobs other)");

        Path file = Jenkins.get().getRootDir().toPath().resolve("logs").resolve(AuditFile.NAME);
        until(() -> Files.exists(file) && Files.readAllLines(file).size() >= 6);
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

        until(() -> EVENTS.size() >= 2);
        assertThat(EVENTS).extracting(AuditEvent::outcome).containsExactly(Outcome.USED, Outcome.REFUSED);
        assertThat(EVENTS).allSatisfy(event -> assertThat(event.startedBy()).containsExactly("anonymous"));
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
        until(() -> EVENTS.stream().anyMatch(event -> event.credential().equals("sonar")));
        assertThat(EVENTS)
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
        until(() -> EVENTS.size() >= 4);

        assertThat(EVENTS)
                .extracting(
                        event -> event.job() + ":" + event.build() + ":" + event.credential() + " " + event.outcome())
                .containsExactly(
                        "polling::sonar USED", "polling::guarded REFUSED", "::sonar USED", "::guarded REFUSED");
        assertThat(EVENTS).allSatisfy(event -> assertThat(event.startedBy()).isEmpty());
    }

    @Test
    void aSinkThatThrowsOrHangsFailsNoBuild() throws Exception {
        hanging = new CountDownLatch(1);

        WorkflowRun build = run("withAwsSecrets([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");

        jenkins.assertBuildStatusSuccess(build);
        until(() -> EVENTS.stream()
                .anyMatch(event ->
                        event.outcome() == Outcome.LOST && event.reason().contains("the one that throws")));
        assertThat(EVENTS.toString()).doesNotContain("canary");
    }

    @Test
    void aFullDiskFailsNoBuildAndIsAnEvent() throws Exception {
        Path logs = Jenkins.get().getRootDir().toPath().resolve("logs");
        Files.createDirectories(logs);
        // What is a directory cannot be written to, as a disk that is full cannot.
        Files.createDirectories(logs.resolve(AuditFile.NAME).resolve("x"));

        WorkflowRun build = run("withCredentials([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");

        jenkins.assertBuildStatusSuccess(build);
        until(() -> EVENTS.stream()
                .anyMatch(event ->
                        event.outcome() == Outcome.LOST && event.reason().contains(AuditFile.NAME)));
    }

    @Test
    void theStepIsAUseToJenkins() throws Exception {
        WorkflowRun build = run("withAwsSecrets([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");
        jenkins.assertBuildStatusSuccess(build);

        StringCredentials credential = CredentialsProvider.findCredentialById("sonar", StringCredentials.class, build);
        Fingerprint usage = CredentialsProvider.getFingerprintOf(credential);
        assertThat(usage).isNotNull();
        assertThat(usage.getJobs()).contains(build.getParent().getFullName());
        assertThat(USED).containsExactly("sonar");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo("manage/credentials/store/awssecrets/domain/_/credential/sonar/")
                            .asNormalizedText())
                    .contains(build.getParent().getFullName());
        }
    }

    @Test
    void usernameThatIsNotSecretStaysReadable() throws Exception {
        WorkflowRun build = run("""
            withAwsSecrets([usernamePassword('robot')]) { echo "deploying as $ROBOT_USERNAME with $ROBOT_PASSWORD, step" }
            withCredentials([usernamePassword(credentialsId: 'robot', usernameVariable: 'U', passwordVariable: 'P')]) {
              echo "deploying as $U with $P, id"
            }
            echo "deploying as ci-robot, later"
            """);

        jenkins.assertBuildStatusSuccess(build);
        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "deploying as ci-robot with ****, step",
                        "deploying as ci-robot with ****, id",
                        "deploying as ci-robot, later")
                .doesNotContain("canary");
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

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Keeps what it gets. */
    @TestExtension
    public static final class Keeping extends AuditListener {
        @Override
        public String name() {
            return "the one that keeps";
        }

        @Override
        public void write(AuditEvent event) {
            EVENTS.add(event);
        }
    }

    /** Fails for each event. */
    @TestExtension("aSinkThatThrowsOrHangsFailsNoBuild")
    public static final class Throwing extends AuditListener {
        @Override
        public String name() {
            return "the one that throws";
        }

        @Override
        public void write(AuditEvent event) {
            throw new IllegalStateException("canary-of-a-sink");
        }
    }

    /** Never comes back by itself. */
    @TestExtension("aSinkThatThrowsOrHangsFailsNoBuild")
    public static final class Hanging extends AuditListener {
        @Override
        public String name() {
            return "the one that hangs";
        }

        @Override
        public void write(AuditEvent event) throws IOException {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Hears of uses as other plugins do. */
    @TestExtension
    public static final class Listening implements CredentialsUseListener {
        @Override
        public void onUse(Credentials credentials, Run run) {
            USED.add(((StringCredentials) credentials).getId());
        }

        @Override
        public void onUse(Credentials credentials, Node node) {}

        @Override
        public void onUse(Credentials credentials, Item item) {}
    }
}
