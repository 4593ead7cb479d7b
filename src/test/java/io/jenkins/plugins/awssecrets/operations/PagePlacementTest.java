package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example of docs/placement.md, on the page. */
@WithJenkins
class PagePlacementTest {
    private static final String CERTIFICATES = PlaceAdvice.LIMITS + "certificate";

    /** What is there, what uses it, and what the command line prints of it. */
    private static final List<String> EXAMPLE = blocks();

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse(EXAMPLE.get(0)));

    private static List<String> blocks() {
        try {
            List<String> blocks = new ArrayList<>();
            Matcher block = Pattern.compile("(?ms)^```(?:yaml)?\\n(.*?)^```$")
                    .matcher(Files.readString(Path.of("docs", "placement.md")));
            while (block.find()) {
                blocks.add(block.group(1));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(CERTIFICATES);
    }

    @Test
    void tellsWhatTheCommandLineTells(JenkinsRule jenkins) throws Exception {
        backends.configure(EXAMPLE.get(1));

        HtmlPage page = new PageUnderTest(jenkins).check(jenkins.jenkins);

        assertThat(page.asNormalizedText())
                .contains("Total cost of these secrets: $2.05 per month")
                .contains(EXAMPLE.get(2).lines().reduce((a, b) -> b).orElseThrow());
        assertThat(costs(page, "docker-hub")).containsExactly("$1.20", "$0.015");
        assertThat(costs(page, "orders-db")).containsExactly("$0.40", "$0.005");
        assertThat(costs(page, "signing")).containsExactly("$0.40", "$0.005");
        assertThat(costs(page, "kubeconfig")).containsExactly("$0.05", "$0.008");
        assertThat(costs(page, "deploy")).containsExactly("$0.00", "$0.000");
        assertThat(advice(page))
                .extracting(told -> told.getAttribute("data-advice"))
                .containsExactly("moveToParameterStore", "moveToParameterStore", "overdue", "overdue");
        assertThat(advice(page)).allSatisfy(told -> {
            String text = told.getTextContent().strip();
            String field = text.substring(0, text.indexOf(": "));
            String rest = text.substring(text.indexOf(": ") + 2);
            assertThat(EXAMPLE.get(2).lines())
                    .anyMatch(line -> line.contains(", " + field + ": ") && line.endsWith(": " + rest));
        });
    }

    @Test
    void limitsCanBeSet(JenkinsRule jenkins) throws Exception {
        System.setProperty(CERTIFICATES, "36500");
        backends.configure(EXAMPLE.get(1));

        HtmlPage page = new PageUnderTest(jenkins).check(jenkins.jenkins);

        assertThat(advice(page))
                .extracting(told -> told.getAttribute("data-advice"))
                .containsExactly("moveToParameterStore", "moveToParameterStore", "overdue", "noRotation");
    }

    private static List<String> costs(HtmlPage page, String credential) {
        DomElement row = page.getFirstByXPath("//tr[@data-placed='" + credential + "']");
        return row.getElementsByTagName("td").stream()
                .map(cell -> cell.getTextContent().strip())
                .filter(text -> text.startsWith("$"))
                .toList();
    }

    private static List<DomElement> advice(HtmlPage page) {
        return page.getByXPath("//li[@data-advice]");
    }
}
