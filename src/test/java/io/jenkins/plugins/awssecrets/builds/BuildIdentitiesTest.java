package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Items;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Who a build is stays what it was when it began, also where nothing but the disk remembers it, and what says so is the
 * build's own.
 */
@ExtendWith(SharedJenkins.class)
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

    @Test
    void aSecretTextThatIsTheSameForEveryBuildIsNoIdTokenOfOne() throws Exception {
        credential(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, "plain", "", Secret.fromString("canary-of-all-builds")));
        BuildIdentity identity = BuildIdentities.of(build);

        assertThatThrownBy(() -> identity.idTokens().token("", "plain"))
                .isInstanceOfSatisfying(SecretException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.UNAUTHENTICATED);
                    assertThat(e.subject()).isEqualTo("Jenkins credential 'plain'");
                    assertThat(e.reason()).contains("its text is the same for every build");
                    assertThat(e.fix()).contains("OpenID Connect Provider");
                })
                .hasMessageNotContaining("canary");
        end();
    }

    @Test
    void theIdTokensOfTwoBuildsDiffer() throws Exception {
        credential(new IdTokenStringCredentials(CredentialsScope.SYSTEM, "id-token", ""));
        WorkflowRun first = build;
        end();
        begin();

        SecretValue one = BuildIdentities.of(first).idTokens().token("", "id-token");
        SecretValue other = BuildIdentities.of(build).idTokens().token("", "id-token");

        assertThat(claims(one)).contains("/job/" + first.getParent().getName() + "/");
        assertThat(claims(other)).contains("/job/" + job.getName() + "/");
        end();
    }

    private static void credential(StandardCredentials credential) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        SystemCredentialsProvider.getInstance().save();
    }

    private static String claims(SecretValue token) {
        String[] parts = token.reveal().split("\\.");
        assertThat(parts).hasSize(3);
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
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

    /** By hand, for a Pipeline whose job was moved does not go on. */
    private void end() {
        RunningBuilds.get().onCompleted(build, TaskListener.NULL);
        RunningBuilds.get().onFinalized(build);
    }
}
