package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page with more credentials than anybody reads, and with none. */
@WithJenkins
class ManyCredentialsPageTest {
    private static final int MANY = 120;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .with(IntStream.range(0, MANY)
                    .mapToObj(i ->
                            SecretSeed.of("found-" + i, "canary-" + i, Map.of("jenkins:credentials:type", "string")))
                    .toArray(SecretSeed[]::new)));

    private JenkinsRule jenkins;
    private PageUnderTest page;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        page = new PageUnderTest(jenkins);
    }

    private void configure() throws Exception {
        backends.configure("credentials: [{string: {id: zebra, secret: 'sm:gone'}}]\n");
        CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }

    @Test
    void credentialsComeAPageAtATime() throws Exception {
        configure();

        List<String> seen = new ArrayList<>();
        HtmlPage shown = page.open();
        assertThat(shown.asNormalizedText()).contains("1 to 50 of 121");
        while (true) {
            List<String> ids = ids(shown);
            assertThat(ids).hasSizeLessThanOrEqualTo(50);
            seen.addAll(ids);
            HtmlAnchor next = shown.getFirstByXPath("//a[@rel='next']");
            if (next == null) {
                break;
            }
            shown = next.click();
        }
        assertThat(shown.asNormalizedText()).contains("101 to 121 of 121");
        assertThat(seen).hasSize(MANY + 1).doesNotHaveDuplicates();
        assertThat(ids(((HtmlAnchor) shown.getFirstByXPath("//a[@rel='prev']")).click()))
                .hasSize(50);
    }

    @Test
    void searchAndStateNarrowWhatIsShownAndProblemsComeFirst() throws Exception {
        configure();
        HtmlPage checked = page.check(jenkins.jenkins);

        // The page takes the numbers in with the report, as more is known when a check ends.
        assertThat(page.openReport().getWebResponse().getContentAsString())
                .contains(">All states (121)</option>", ">Fails (1)</option>");
        assertThat(ids(checked).get(0)).isEqualTo("zebra");
        assertThat(checked.getFormByName("search").getSelectByName("state").getOptions())
                .extracting(option -> option.getText())
                .containsExactly("All states (121)", "Fails (1)", "Works (120)");

        assertThat(ids(search(checked, "FOUND-11", "")))
                .containsExactlyInAnyOrder(
                        "found-11",
                        "found-110",
                        "found-111",
                        "found-112",
                        "found-113",
                        "found-114",
                        "found-115",
                        "found-116",
                        "found-117",
                        "found-118",
                        "found-119");
        assertThat(ids(search(checked, "sm:gone", ""))).containsExactly("zebra");
        assertThat(ids(search(checked, "", "Fails"))).containsExactly("zebra");
        HtmlPage none = search(checked, "<script>", "Works");
        assertThat(ids(none)).isEmpty();
        assertThat(none.asNormalizedText()).contains("No credential matches the search.");
        assertThat(none.getWebResponse().getContentAsString()).doesNotContain("<script>\"", "=<script>");
        // What is to be fixed does not vanish from the summary.
        assertThat(none.asNormalizedText()).contains("1 problem to look at.");
    }

    @Test
    void problemsAreBoundedTooAndFoundBySearch() throws Exception {
        StringBuilder broken = new StringBuilder("discovery: {enabled: false}\ncredentials:\n");
        for (int i = 0; i < 70; i++) {
            broken.append("  - string: {id: broken-").append(i).append(", secret: \"sm:found-1#none\"}\n");
        }
        backends.configure(broken.toString());

        HtmlPage checked = page.check(jenkins.jenkins);

        assertThat(PageUnderTest.findings(checked)).hasSize(50);
        assertThat(checked.asNormalizedText()).contains("70 problems to look at.", "And 20 more.");
        assertThat(PageUnderTest.findings(search(checked, "broken-69", "")))
                .extracting(PageUnderTest.Told::of)
                .containsExactly("credential broken-69");
    }

    @Test
    void freshInstallSaysHowToBeginAndShowsNoProblem() throws Exception {
        for (HtmlPage shown : List.of(page.open(), page.check(jenkins.jenkins))) {
            assertThat(shown.asNormalizedText())
                    .contains(
                            "Nothing is configured yet",
                            "Connect a source.",
                            "Make credentials.",
                            "Use one in a Pipeline.")
                    .doesNotContain("Fails", "Malformed", "Warning", "Problems", "failing");
            assertThat(PageUnderTest.findings(shown)).isEmpty();
            assertThat(shown.<DomElement>getByXPath("//tr[@data-source]"))
                    .allSatisfy(
                            row -> assertThat(row.getAttribute("data-state")).isEqualTo("Not in use"));
        }

        configure();

        assertThat(page.open().asNormalizedText()).doesNotContain("Nothing is configured yet");
    }

    private static HtmlPage search(HtmlPage from, String text, String state) throws Exception {
        HtmlForm form = from.getFormByName("search");
        form.getInputByName("search").setValue(text);
        form.getSelectByName("state").setSelectedAttribute(state, true);
        return form.getElementsByTagName("button").get(0).click();
    }

    private static List<String> ids(HtmlPage page) {
        return page.<DomElement>getByXPath("//tr[@data-credential]").stream()
                .map(row -> row.getAttribute("data-credential"))
                .toList();
    }
}
