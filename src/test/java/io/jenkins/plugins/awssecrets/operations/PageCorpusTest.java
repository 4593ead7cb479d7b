package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.engine.diagnosis.BrokenSetup;
import io.jenkins.plugins.awssecrets.engine.diagnosis.BrokenSetup.Expected;
import io.jenkins.plugins.awssecrets.operations.PageUnderTest.Told;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every broken set-up of the corpus that the command line's check is held to, through the page. */
@WithJenkins
@Timeout(900)
class PageCorpusTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> KEYS = List.of("accessKeyId", "secretAccessKey");

    @AfterEach
    void forgetProperties() {
        KEYS.forEach(key -> System.clearProperty("aws." + key));
        System.clearProperty(Checks.SECONDS);
    }

    // One Jenkins for all of them: its start takes longer than ten set-ups.
    @Test
    void pageNamesTheCauseAndTheFixAndNothingElse(JenkinsRule jenkins) throws Exception {
        jenkins.timeout = 0;
        PageUnderTest page = new PageUnderTest(jenkins);
        SoftAssertions all = new SoftAssertions();
        List<BrokenSetup> corpus = BrokenSetup.all();
        for (BrokenSetup setup : corpus) {
            // Clients go on trying a backend that throttles or is down.
            System.setProperty(Checks.SECONDS, setup.isDown() ? "3" : "60");
            System.setProperty("aws.accessKeyId", setup.accessKey());
            System.setProperty("aws.secretAccessKey", "canary");
            try (DemoBackends backends = setup.start()) {
                Backends.load(configuration(setup, backends));
                Checks.get().start(jenkins.jenkins);
                PageUnderTest.awaitEnd(jenkins.jenkins);
                compare(setup, page.openReport(), all);
            } catch (ConfiguratorException e) {
                all.fail(setup.name() + ": " + e.getMessage());
            }
        }
        assertThat(corpus).hasSizeGreaterThanOrEqualTo(40);
        all.assertAll();
    }

    private static void compare(BrokenSetup setup, HtmlPage page, SoftAssertions all) {
        List<Told> told = PageUnderTest.findings(page);
        List<Expected> expected = setup.expected();
        all.assertThat(told.stream().filter(t -> !t.severity().equals("note")).map(Told::key))
                .as(setup.name() + ": what fails and warns of " + told)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(e -> !e.severity().equals("note"))
                        .map(Expected::key)
                        .toList());
        for (Expected each : expected) {
            all.assertThat(told).as(setup.name() + ": one that is " + each).anyMatch(t -> isTold(each, t));
        }
        all.assertThat(told).as(setup.name()).allSatisfy(t -> assertThat(t.fix())
                .isNotBlank());
        all.assertThat(page.getWebResponse().getContentAsString())
                .as(setup.name() + ": no value")
                .doesNotContainIgnoringCase("canary");
    }

    private static boolean isTold(Expected expected, Told told) {
        return told.key().equals(expected.key())
                && told.fix().contains(expected.fix())
                && expected.action().map(told.action()::equals).orElse(true)
                && expected.resource().map(told.resource()::equals).orElse(true)
                && expected.says().stream().allMatch(told.text()::contains);
    }

    /** The command line's configuration as code; keys come from the environment, as they do in a real Jenkins. */
    private static String configuration(BrokenSetup setup, DemoBackends backends) throws Exception {
        ObjectNode settings = (ObjectNode) YAML.readTree(setup.configuration(backends));
        for (JsonNode source : settings.path("sources")) {
            source.forEach(each -> ((ObjectNode) each).remove(KEYS));
        }
        ObjectNode root = YAML.createObjectNode();
        root.putObject("unclassified").set("awsSecrets", settings);
        return YAML.writeValueAsString(root);
    }
}
