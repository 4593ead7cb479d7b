package io.jenkins.plugins.awssecrets.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who takes events never holds a build up, and what is lost on the way is an event for the others. */
@WithJenkins
class AuditListenersTest {
    private static volatile CountDownLatch hanging = new CountDownLatch(0);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}"));

    private JenkinsRule jenkins;
    private List<AuditEvent> events;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        events = ExtensionList.lookupSingleton(Keeping.class).events();
        backends.configure("""
            credentials:
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
            discovery: {enabled: false}
            """);
    }

    @AfterEach
    void release() {
        hanging.countDown();
    }

    @Test
    void aSinkThatThrowsOrHangsFailsNoBuild() throws Exception {
        hanging = new CountDownLatch(1);

        WorkflowRun build = run("withAwsSecrets([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");

        jenkins.assertBuildStatusSuccess(build);
        Eventually.holds(() -> events.stream()
                .anyMatch(event ->
                        event.outcome() == Outcome.LOST && event.reason().contains("the one that throws")));
        assertThat(events.toString()).doesNotContain("canary");
    }

    @Test
    void aFullDiskFailsNoBuildAndIsAnEvent() throws Exception {
        Path logs = Jenkins.get().getRootDir().toPath().resolve("logs");
        Files.createDirectories(logs);
        // What is a directory cannot be written to, as a disk that is full cannot.
        Files.createDirectories(logs.resolve(AuditFile.NAME).resolve("x"));

        WorkflowRun build = run("withCredentials([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");

        jenkins.assertBuildStatusSuccess(build);
        Eventually.holds(() -> events.stream()
                .anyMatch(event ->
                        event.outcome() == Outcome.LOST && event.reason().contains(AuditFile.NAME)));
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
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

    @TestExtension
    public static final class Keeping extends KeepingListener {}
}
