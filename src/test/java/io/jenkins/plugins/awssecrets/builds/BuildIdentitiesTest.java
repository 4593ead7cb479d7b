package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who a build is stays what it was when it began, also where nothing but the disk remembers it. */
@WithJenkins
class BuildIdentitiesTest {
    private static JenkinsRule jenkins;
    private static Folder pay;
    private static int folders;

    private Folder shop;
    private WorkflowJob job;
    private WorkflowRun build;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        pay = rule.createProject(Folder.class, "pay");
    }

    @BeforeEach
    void begin() throws Exception {
        shop = jenkins.createProject(Folder.class, "shop" + ++folders);
        job = shop.createProject(WorkflowJob.class, "web" + folders);
        job.setDefinition(new CpsFlowDefinition("semaphore '" + job.getName() + "'", true));
        build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart(job.getName() + "/1", build);
    }

    @Test
    void aMovedJobGivesItsBuildNoOtherNameAfterARestart() throws Exception {
        String before = job.getFullName();
        job = Items.move(job, pay);

        assertThat(job.getFullName()).startsWith("pay/");
        // Its memory is empty, as after a restart.
        assertIsOf(before, new RunningBuilds().identity(build));

        end();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aJobThatIsMovedAfterARestartGivesItNoneEither() throws Exception {
        String before = job.getFullName();
        RunningBuilds restarted = new RunningBuilds();
        restarted.resumed(build);

        job = Items.move(job, pay);
        restarted.moved(job, before, job.getFullName());

        assertIsOf(before, restarted.identity(build));
        end();
    }

    @Test
    void aMovedFolderGivesItNoneEither() throws Exception {
        String before = job.getFullName();
        Items.move(shop, pay);

        assertThat(job.getFullName()).isEqualTo("pay/" + before);
        assertIsOf(before, new RunningBuilds().identity(build));
        end();
    }

    @Test
    void whoIsNotKnownAnyMoreIsNobodyRatherThanTheNewName() throws Exception {
        job = Items.move(job, pay);
        Files.writeString(file(), "<damaged");

        BuildIdentity identity = new RunningBuilds().identity(build);

        assertThat(identity.job()).isEqualTo("?");
        assertThat(identity.toString()).isEqualTo("?#1");
        end();
    }

    @Test
    void theFileHoldsNamesAlone() throws Exception {
        job = Items.move(job, pay);

        assertThat(Files.readString(file()))
                .contains("<run>" + shop.getFullName() + "/" + job.getName() + "</run>", "<number>1</number>")
                .doesNotContain("idTokens", "sessions");
        end();
    }

    @Test
    void aBuildWhoseJobStaysLeavesNothing() throws Exception {
        assertThat(file()).doesNotExist();
        end();
    }

    private void assertIsOf(String name, BuildIdentity identity) {
        assertThat(identity.job()).isEqualTo(name);
        assertThat(identity.folder()).isEqualTo(shop.getName());
        assertThat(identity).hasToString(name + "#1");
        assertThat(identity.branch()).isEmpty();
        assertThat(identity.controller()).isEqualTo(jenkins.jenkins.getRootUrl());
    }

    private Path file() {
        return build.getRootDir().toPath().resolve("aws-secrets-identity.xml");
    }

    private void end() throws Exception {
        SemaphoreStep.success(job.getName() + "/1", null);
        jenkins.waitForCompletion(build);
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (Files.exists(file()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
