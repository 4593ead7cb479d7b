package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

@WithJenkins
class SecretsPageTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/docker/username", "canary-robot")
            .secret("ci/docker", "{\"password\": \"canary-9f1c\"}")
            .with(SecretSeed.of("ci/found", "canary-77aa", Map.of("jenkins:credentials:type", "string"))));

    @Test
    void toldIsWhatIsConfiguredThenWhatIsFoundAndNeverAValue(JenkinsRule jenkins) throws Exception {
        backends.configure("""
            credentials:
              - usernamePassword: {id: docker, description: "<b>bold</b>", username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
              - string: {id: sonar, secret: "sm:ci/docker#pasword"}
            """);
        PageUnderTest page = new PageUnderTest(jenkins);

        HtmlPage before = page.open();

        assertThat(before.asNormalizedText())
                .contains("Nothing has been checked since Jenkins started")
                .contains("password: sm:ci/docker#password")
                .contains("<b>bold</b>")
                .contains("AWS Systems Manager Parameter Store");
        assertThat(PageUnderTest.findings(before)).isEmpty();
        assertThat(page.status("check")).as("a check by a mere link").isEqualTo(404);
        assertThat(Checks.get().of(jenkins.jenkins).ended()).isEmpty();

        HtmlPage after = page.check(jenkins.jenkins);

        assertThat(after.asNormalizedText())
                .contains("1 problem to look at.")
                .contains("discovered by its tags")
                .contains("2 secrets, as of");
        assertThat(PageUnderTest.findings(after)).singleElement().satisfies(told -> {
            assertThat(told.key()).isEqualTo("failed credential sonar: memberMissing");
            assertThat(told.fix()).contains("it has 'password', which may be intended");
        });
        assertThat(after.asNormalizedText())
                .contains("Placement and cost", "Total cost of these secrets: $0.80 per month")
                .contains("Prices: Secrets Manager");
        assertThat(state(after, "credential", "docker")).isEqualTo("Works");
        assertThat(state(after, "credential", "ci/found")).isEqualTo("Works");
        assertThat(state(after, "credential", "sonar")).isEqualTo("Fails");
        assertThat(state(after, "source", "ssm")).isEqualTo("Works");
        assertThat(after.getWebResponse().getContentAsString()
                        + before.getWebResponse().getContentAsString())
                .doesNotContain("canary")
                .doesNotContain("<b>bold");
    }

    @AfterEach
    void letGo() {
        System.clearProperty(Checks.SECONDS);
        SlowProvider.go.countDown();
        SlowProvider.go = new CountDownLatch(1);
    }

    @Test
    void idThatAnotherPluginHasTooIsTold(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "docker", "", "jane", "canary-mine"));
        backends.configure("""
            credentials:
              - usernamePassword: {id: docker, username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
            """);

        HtmlPage page = new PageUnderTest(jenkins).check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(page)).singleElement().satisfies(told -> {
            assertThat(told.key()).isEqualTo("warning credential docker: shadowed");
            assertThat(told.text())
                    .contains("the provider 'Jenkins Credentials Provider' has a credential with this id");
            assertThat(told.fix()).isEqualTo("give one of the two another id");
        });
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain("canary");
    }

    @Test
    void whatACheckFindsAppearsWhileThePageIsOpen(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: sonar, secret: \"sm:ci/docker#pasword\"}}]\n");
        System.setProperty(Checks.SECONDS, "100");
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        HtmlPage page = browser.goTo(PageUnderTest.GLOBAL);
        page = jenkins.submit(page.getFormByName("check"));

        assertThat(page.asNormalizedText()).contains("Checking: ").doesNotContain("Problems");
        SlowProvider.go.countDown();
        PageUnderTest.awaitEnd(jenkins.jenkins);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (PageUnderTest.findings(page).isEmpty() && System.nanoTime() < end) {
            browser.waitForBackgroundJavaScript(100);
        }
        assertThat(page.asNormalizedText()).contains("1 problem to look at.").doesNotContain("Checking: ");
        assertThat(PageUnderTest.findings(page))
                .extracting(PageUnderTest.Told::key)
                .containsExactly("failed credential sonar: memberMissing");
    }

    @Test
    void anotherPluginThatHangsHoldsTheCheckUpForHalfItsTime(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: sonar, secret: \"sm:ci/docker#pasword\"}}]\n");
        SlowProvider.go.countDown();
        // Clients are loaded in it, which takes its time on a machine that is busy.
        new PageUnderTest(jenkins).check(jenkins.jenkins);
        SlowProvider.go = new CountDownLatch(1);
        System.setProperty(Checks.SECONDS, "20");

        HtmlPage page = new PageUnderTest(jenkins).check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(page))
                .extracting(PageUnderTest.Told::key)
                .containsExactly("failed credential sonar: memberMissing");
    }

    /** Another plugin's, which takes its time: a check asks it for its ids. */
    @TestExtension({"whatACheckFindsAppearsWhileThePageIsOpen", "anotherPluginThatHangsHoldsTheCheckUpForHalfItsTime"})
    public static final class SlowProvider extends CredentialsProvider {
        private static volatile CountDownLatch go = new CountDownLatch(1);

        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication who, List<DomainRequirement> domains) {
            if (Thread.currentThread().getName().contains("aws-secrets")) {
                try {
                    go.await(120, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return List.of();
        }
    }

    @Test
    void sourceThatIsDownIsToldByItsBreakerAndByTheCheck(JenkinsRule jenkins) throws Exception {
        DownSource.configure();
        DownSource.callInVain(jenkins.jenkins);
        PageUnderTest page = new PageUnderTest(jenkins);

        assertThat(page.open().asNormalizedText()).contains("Paused ").contains("3 consecutive failures");
        assertThat(state(page.open(), "source", "sm")).isEqualTo("Not in use");

        HtmlPage checked = page.check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(checked))
                .extracting(PageUnderTest.Told::key)
                .containsExactly("failed source down: unreachable");
        assertThat(state(checked, "source", "down")).isEqualTo("Down");
    }

    @Test
    void sourceThatHangsHoldsUpNeitherThePageNorWhatOthersTell(JenkinsRule jenkins) throws Exception {
        backends.configure("""
            credentials:
              - string: {id: hung, secret: "ssm:/ci/docker/username"}
              - string: {id: fine, secret: "sm:ci/docker#password"}
              - string: {id: broken, secret: "sm:ci/docker#pasword"}
            """);
        PageUnderTest page = new PageUnderTest(jenkins);
        // Clients are loaded in it, which takes its time on a machine that is busy.
        page.check(jenkins.jenkins);
        System.setProperty(Checks.SECONDS, "15");
        backends.running().faults().inject(Service.SSM, Fault.latency(Duration.ofMinutes(10)));
        Catalog.get().reload();

        // Would take ten minutes if it waited.
        assertThat(page.open().asNormalizedText()).contains("The configuration has changed since then");
        HtmlPage checked = page.check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(checked))
                .extracting(PageUnderTest.Told::key)
                .containsExactlyInAnyOrder(
                        "failed source ssm: timedOut",
                        "failed credential hung: timedOut",
                        "failed credential broken: memberMissing");
        assertThat(state(checked, "credential", "fine")).isEqualTo("Works");
    }

    private static String state(HtmlPage page, String what, String id) {
        return page.<org.htmlunit.html.DomElement>getFirstByXPath("//tr[@data-" + what + "='" + id + "']")
                .getAttribute("data-state");
    }
}
