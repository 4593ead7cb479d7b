package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands are parsed by the shell that is to run them, and the references in them by ours. */
class ShellBlocksTest {
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w/:.@$])(?:ssm|sm|vault):[^\\s\"'`)]+");

    static Stream<Page.Block> blocks() {
        return Page.blocks("bash", "sh", "shell");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theShellCanParseIt(Page.Block block) throws IOException, InterruptedException {
        assertThat(Tool.run(List.of("bash", "-n"), block.text()))
                .as(block.place())
                .isEqualTo(new Tool.Result(0, ""));
    }

    /** Where what it waits for has ended, a reader would wait for ever. */
    @ParameterizedTest
    @MethodSource("languages")
    void itWaitsOnlyForWhatStillRuns(Page.Block block) {
        assertThat(block.text().lines().filter(line -> line.matches("(until|while) .*; do .*sleep.*")))
                .as(block.place())
                .allMatch(line -> line.contains("kill -0"));
    }

    /** All tests take an hour, which nobody wants who builds it to try it. */
    @ParameterizedTest
    @MethodSource("languages")
    void itBuildsWithoutTheTests(Page.Block block) {
        assertThat(block.text().lines().filter(line -> line.matches("mvn .*package.*")))
                .as(block.place())
                .allMatch(line -> line.contains("-DskipTests"));
    }

    static Stream<Page.Block> blocksWithReferences() {
        return Page.blocks("bash", "sh", "shell", "groovy");
    }

    @ParameterizedTest
    @MethodSource("blocksWithReferences")
    void itsReferencesAreReferences(Page.Block block) {
        for (String reference : REFERENCE
                .matcher(block.text())
                .results()
                .map(found -> found.group().replaceFirst("[,;]+$", ""))
                .toList()) {
            assertThat(malformed(reference))
                    .as(block.place() + ": " + reference)
                    .isEmpty();
        }
    }

    private static String malformed(String reference) {
        try {
            Reference.parse(reference);
            return "";
        } catch (MalformedReferenceException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("hcl")
    void terraformCanParseIt(Page.Block block) throws IOException, InterruptedException {
        Tool.assumeInstalled("terraform");

        assertThat(Tool.run(List.of("terraform", "fmt", "-"), block.text()).status())
                .as(block.place())
                .isZero();
    }

    static Stream<Page.Block> hcl() {
        return Page.blocks("hcl", "terraform");
    }

    /** So that a block that nobody would check does not slip in under another name. */
    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageIsOneThatIsChecked(Page.Block block) {
        assertThat(block.language())
                .as(block.place())
                .isIn(
                        "",
                        "text",
                        "bash",
                        "sh",
                        "yaml",
                        "json",
                        "groovy",
                        "hcl",
                        "java",
                        "xml",
                        "ini",
                        "dockerfile",
                        "diff",
                        "properties",
                        "mermaid");
    }

    static Stream<Page.Block> languages() {
        return Page.all().stream().flatMap(page -> page.blocks().stream());
    }
}
