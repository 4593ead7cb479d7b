package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user of another plugin needs in order to switch is on each page for one, and comparisons have a source. */
class SwitchingPagesTest {
    private static final Path DOCS = Page.TOP.resolve("docs");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("coming-from"))) {
            return files.filter(page -> !page.endsWith("README.md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasWhatItBecomesAJenkinsfileBeforeAndAfterAndWhatIsDifferent(Path page) throws IOException {
        String text = Files.readString(page);

        assertThat(text).contains("| after |", "\n## What is different\n").containsPattern("`(aws-secrets )?import`");
        List<Page.Block> blocks = Page.of(page).blocks();
        assertThat(blocks.stream().filter(block -> block.is("groovy")))
                .as("before and after")
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(block -> block.text().contains("withAwsSecrets"))
                .anyMatch(block -> !block.text().contains("withAwsSecrets"));
        assertThat(blocks).as("the configuration").anyMatch(block -> block.is("yaml"));
        assertThat(Files.readString(DOCS.resolve("coming-from/README.md"))).contains("](" + page.getFileName() + ")");
    }

    @Test
    void eachPluginThatIsComparedHasItsVersionAndASourceOfThatVersion() throws IOException {
        String page = Files.readString(DOCS.resolve("comparison.md"));
        List<String> rows = page.substring(page.indexOf("| plugin | version | source |"), page.indexOf("\n## "))
                .lines()
                .skip(2)
                .filter(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).hasSizeGreaterThanOrEqualTo(5).allSatisfy(row -> assertThat(row)
                .matches("\\| [^|]+ \\| \\d[^|]*, \\d{4}-\\d\\d-\\d\\d \\|"
                        + " .*\\(https://github\\.com/[^)]*/(tree|blob)/.*"));
    }

    /** It is shown in a row of the list of all plugins. */
    @Test
    void theDescriptionOfThePluginIsShort() throws IOException {
        assertThat(Files.readString(Page.TOP.resolve("src/main/resources/index.jelly"))
                        .replaceAll("<[^>]*>", "")
                        .strip())
                .hasSizeBetween(50, 300);
    }

    /** The picture, how to install it, both commands, a Jenkinsfile and the map of the documentation. */
    @Test
    void theReadmeIsShort() throws IOException {
        String readme = Files.readString(Page.TOP.resolve("README.md"));

        assertThat(readme.lines().count()).isLessThanOrEqualTo(100);
        assertThat(readme)
                .contains(
                        "docs/pictures/console.png",
                        "docs/pictures/page.png",
                        "\n## Installing\n",
                        "bin/run",
                        "bin/test")
                .containsSubsequence(
                        "\n## In a Jenkinsfile\n", "withAwsSecrets", "\n## Documentation\n", "getting-started.md");
    }
}
