package io.jenkins.plugins.awssecrets.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUseListener;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Fingerprint;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The record of what a build used, and who reads it. */
@WithJenkins
class SecretUsesTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .parameter("/ci/username", "canary-robot"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
              - usernamePassword: {id: robot, username: "ssm:/ci/username", password: "sm:ci/sonar#token"}
            discovery: {enabled: false}
            """);
    }

    @Test
    void usesAreOnThePageOfTheBuildForThoseWhoMayConfigureTheJob() throws Exception {
        WorkflowRun build = build("withAwsSecrets([string('sonar')]) {}");
        jenkins.assertBuildStatusSuccess(build);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));

        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        HtmlPage page = admin.getPage(build, "aws-secrets/");
        assertThat(page.asNormalizedText())
                .contains("sonar", "Secret text")
                .containsPattern("sm:ci/sonar#token, version [0-9a-f-]+")
                .doesNotContain("canary-");
        assertThat(admin.getPage(build).asNormalizedText()).contains("Secrets used");

        JenkinsRule.WebClient reader = jenkins.createWebClient().login("reader");
        reader.getOptions().setThrowExceptionOnFailingStatusCode(false);
        assertThat(reader.getPage(build, "aws-secrets/").getWebResponse().getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(reader.getPage(build).asNormalizedText()).doesNotContain("Secrets used");
        assertThat(build.getAction(SecretUses.class).getUses()).hasSize(1);
    }

    /** Written anew, the last of many blocks would take longer than the first, and a cut line would take others with it. */
    @Test
    void aLaterUseLeavesWhatIsWrittenAsItIs() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([string('sonar')]) {}\n"
                        + "semaphore 'between'\n"
                        + "withAwsSecrets([usernamePassword('robot')]) {}",
                true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("between/1", build);
        Path uses = build.getRootDir().toPath().resolve(UseFile.NAME);
        String cut = Files.readString(uses) + "{\"time\": 17\n";
        Files.writeString(uses, cut);
        SemaphoreStep.success("between/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(Files.readString(uses)).startsWith(cut).hasSizeGreaterThan(cut.length());
        assertThat(build.getAction(SecretUses.class).getUses()).hasSize(2);
    }

    @Test
    void useThroughJenkinsCredentialsHasTheIdAndEachReferenceWithItsVersionOnce() throws Exception {
        WorkflowRun build = build("""
            2.times {
              withCredentials([usernamePassword(credentialsId: 'robot', usernameVariable: 'U', passwordVariable: 'P')]) {
                echo 'used'
              }
            }
            """);
        jenkins.assertBuildStatusSuccess(build);

        assertThat(build.getAction(SecretUses.class).getUses()).singleElement().satisfies(use -> {
            assertThat(use.getName()).isEqualTo("robot");
            assertThat(use.getKind()).isEqualTo("usernamePassword, via a credentials id");
            assertThat(use.getKindName()).isEqualTo("Username and password, via a credentials id");
            assertThat(use.getSecrets())
                    .satisfiesExactly(
                            username -> assertThat(username).isEqualTo("ssm:/ci/username, version 1"),
                            password -> assertThat(password).matches("sm:ci/sonar#token, version [0-9a-f-]{36}"));
        });
    }

    @Test
    void theStepIsAUseToJenkins() throws Exception {
        WorkflowRun build = build("withAwsSecrets([string(credentialsId: 'sonar', variable: 'S')]) { echo S }");
        jenkins.assertBuildStatusSuccess(build);

        StringCredentials credential = CredentialsProvider.findCredentialById("sonar", StringCredentials.class, build);
        Fingerprint usage = CredentialsProvider.getFingerprintOf(credential);
        assertThat(usage).isNotNull();
        assertThat(usage.getJobs()).contains(build.getParent().getFullName());
        assertThat(ExtensionList.lookupSingleton(Listening.class).used).containsExactly("sonar");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo("manage/credentials/store/awssecrets/domain/_/credential/sonar/")
                            .asNormalizedText())
                    .contains(build.getParent().getFullName());
        }
    }

    @Test
    void whoStartedItIsAnonymousWhereJenkinsHasNoUsers() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("withAwsSecrets([string('sonar')]) {}", true));

        WorkflowRun build = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(null)))
                .get();

        assertThat(build.getAction(SecretUses.class).getUses())
                .extracting(SecretUse::getUser)
                .containsExactly("anonymous");
        assertThat(jenkins.createWebClient()
                        .getPage(build, "aws-secrets/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("Started by", "anonymous")
                .doesNotContain("null");
    }

    private WorkflowRun build(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    /** Hears of uses as other plugins do. */
    @TestExtension
    public static final class Listening implements CredentialsUseListener {
        private final List<String> used = new CopyOnWriteArrayList<>();

        @Override
        public void onUse(Credentials credentials, Run run) {
            used.add(((IdCredentials) credentials).getId());
        }

        @Override
        public void onUse(Credentials credentials, Node node) {}

        @Override
        public void onUse(Credentials credentials, Item item) {}
    }
}
