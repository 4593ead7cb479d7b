package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions and plugins on the page are those that the plugin is built with. */
class CompatibilityPageTest {
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");

    private final String plugin = read("pom.xml");
    private final String page = read("docs/compatibility.md");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/compatibility.md", "docs/getting-started.md", "docs/upgrading.md"})
    void theMinimumOfJenkinsIsThatOfTheBuild(String name) {
        assertThat(read(name))
                .contains(property(plugin, "jenkins.version")
                        .replace("${jenkins.baseline}", property(plugin, "jenkins.baseline")));
    }

    @Test
    void thePluginsAreThoseOfTheBuildAtTheVersionsOfItsBom() {
        String dependencies = plugin.substring(plugin.indexOf("</dependencyManagement>"), plugin.indexOf("<build>"));
        List<String> plugins = DEPENDENCY
                .matcher(dependencies)
                .results()
                .map(MatchResult::group)
                .filter(each -> !each.contains("<scope>test")
                        && property(each, "groupId").contains("jenkins"))
                .map(each -> property(each, "artifactId"))
                .toList();

        assertThat(plugins).hasSizeGreaterThan(10).allSatisfy(each -> assertThat(page)
                .contains("`" + each + "`"));
        Pattern bom = Pattern.compile("<artifactId>bom-[^<]*</artifactId>\\s*<version>([^<]*)<");
        assertThat(bom.matcher(plugin).results().map(found -> found.group(1)))
                .singleElement()
                .satisfies(version -> assertThat(page).contains(version));
        assertThat(page).contains("AWS SDK " + property(read("cli/pom.xml"), "aws.version"));
    }

    private static String property(String xml, String name) {
        return Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static String read(String name) {
        try {
            return Files.readString(Page.TOP.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
