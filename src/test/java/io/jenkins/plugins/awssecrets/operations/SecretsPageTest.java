package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

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
                .contains("Nothing was checked since Jenkins started")
                .contains("password: sm:ci/docker#password")
                .contains("<b>bold</b>")
                .contains("AWS Systems Manager Parameter Store");
        assertThat(PageUnderTest.findings(before)).isEmpty();
        assertThat(page.request(HttpMethod.GET)).as("a check by a mere link").isEqualTo(404);
        assertThat(Checks.get().of(jenkins.jenkins).ended()).isEmpty();

        HtmlPage after = page.check(jenkins.jenkins);

        assertThat(after.asNormalizedText())
                .contains("1 problem and 0 warnings to look at.")
                .contains("discovered by its tags")
                .contains("2 secrets, as of");
        assertThat(PageUnderTest.findings(after)).singleElement().satisfies(told -> {
            assertThat(told.key()).isEqualTo("failed credential sonar: memberMissing");
            assertThat(told.mend()).contains("it has 'password', which may be meant");
        });
        assertThat(after.asNormalizedText())
                .contains("Where to keep what", "All secrets here cost $0.80 a month")
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

    @Test
    void sourceThatIsDownIsToldByItsBreakerAndByTheCheck(JenkinsRule jenkins) throws Exception {
        DownSource.configure();
        DownSource.callInVain(jenkins.jenkins);
        PageUnderTest page = new PageUnderTest(jenkins);

        assertThat(page.open().asNormalizedText()).contains("Not called since").contains("3 outages in a row");
        assertThat(state(page.open(), "source", "sm")).isEqualTo("Not in use");

        HtmlPage checked = page.check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(checked))
                .extracting(PageUnderTest.Told::key)
                .containsExactly("failed source down: unreachable");
        assertThat(state(checked, "source", "down")).isEqualTo("Down");
    }

    private static String state(HtmlPage page, String what, String id) {
        return page.<org.htmlunit.html.DomElement>getFirstByXPath("//tr[@data-" + what + "='" + id + "']")
                .getAttribute("data-state");
    }
}
