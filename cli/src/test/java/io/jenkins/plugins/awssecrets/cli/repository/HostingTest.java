package io.jenkins.plugins.awssecrets.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.NamedNodeMap;

/**
 * What Jenkins' hosting checker (jenkins-infra/repository-permissions-updater, {@code hosting/}) and the plugin health
 * score (jenkins-infra/plugin-health-scoring) require, as far as the files alone tell.
 */
class HostingTest {
    private static final Pattern CONFIGURATION = Pattern.compile("\\[platform: '(\\w+)', jdk: (\\d+)]");

    private final Xml pom = Xml.of(Repository.TOP.resolve("pom.xml"));

    @Test
    void theCodeOwnersAreThePluginsTeam() {
        assertThat(Repository.lines(".github/CODEOWNERS")).contains("* @jenkinsci/aws-secrets-plugin-developers");
    }

    @Test
    void theJenkinsfileIsOneCallForTheSupportedJdksOnLinuxAndWindows() {
        String code = Repository.read("Jenkinsfile")
                .replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "")
                .strip();

        assertThat(code).startsWith("buildPlugin(").endsWith(")");
        assertThat(code.split("\\w+\\(", -1)).hasSize(2);
        assertThat(CONFIGURATION.matcher(code).results().map(found -> found.group(1) + " " + found.group(2)))
                .containsExactlyInAnyOrder("linux 21", "linux 25", "windows 21", "windows 25");
    }

    @Test
    void whatBuildsWriteIsIgnored() {
        assertThat(Repository.lines(".gitignore")).contains("target/", "work/");
    }

    @Test
    void theSecurityScanAndTheDependencyUpdatesAreConfigured() {
        assertThat(Repository.read(".github/workflows/jenkins-security-scan.yml"))
                .contains("jenkins-infra/jenkins-security-scan/.github/workflows/jenkins-security-scan.yaml@v2");
        assertThat(Repository.read(".github/renovate.json")).contains("github>jenkinsci/renovate-config");
    }

    @Test
    void incrementalAndAutomaticReleasesAreConfigured() {
        Xml extension = Xml.of(Repository.TOP.resolve(".mvn/extensions.xml"))
                .child("extension")
                .orElseThrow();

        assertThat(extension.text("groupId")).isEqualTo("io.jenkins.tools.incrementals");
        assertThat(extension.text("artifactId")).isEqualTo("git-changelist-maven-extension");
        assertThat(Repository.lines(".mvn/maven.config"))
                .contains("-Pconsume-incrementals", "-Pmight-produce-incrementals", "-Dchangelist.format=%d.v%s");
        assertThat(Repository.read(".github/workflows/cd.yaml"))
                .contains("jenkins-infra/github-reusable-workflows/.github/workflows/maven-cd.yml@v1");
        assertThat(pom.text("version")).isEqualTo("${changelist}");
        assertThat(pom.text("properties/changelist")).isEqualTo("999999-SNAPSHOT");
    }

    @Test
    void automaticReleasesDraftTheNotesThemselves() {
        assertThat(Set.of(
                        ".github/release-drafter.yml",
                        ".github/release-drafter.yaml",
                        ".github/workflows/release-drafter.yml",
                        ".github/workflows/release-drafter.yaml"))
                .noneMatch(Repository::has);
    }

    @Test
    void theNamesAreThoseOfAPlugin() {
        assertThat(pom.text("groupId")).isEqualTo("io.jenkins.plugins");
        assertThat(pom.text("artifactId")).matches("[a-z0-9-]{1,36}").doesNotContain("jenkins");
        assertThat(pom.text("name").toLowerCase(Locale.ROOT)).isNotEmpty().doesNotContain("jenkins");
        assertThat(pom.text("properties/gitHubRepo")).isEqualTo("jenkinsci/" + pom.text("artifactId") + "-plugin");
        assertThat(pom.child("developers")).isEmpty();
        assertThat(pom.text("licenses/license/name")).isNotEmpty();
    }

    @Test
    void theParentTheBaselineAndTheBillOfMaterialsFitTogether() {
        assertThat(pom.text("parent/groupId")).isEqualTo("org.jenkins-ci.plugins");
        assertThat(Integer.parseInt(pom.text("parent/version").replaceAll("\\..*", "")))
                .isGreaterThanOrEqualTo(6);
        assertThat(pom.text("properties/jenkins.baseline")).matches("2\\.\\d+");
        assertThat(pom.text("properties/jenkins.version")).isEqualTo("${jenkins.baseline}.3");
        Xml bom = pom.child("dependencyManagement/dependencies/dependency").orElseThrow();
        assertThat(bom.text("groupId")).isEqualTo("io.jenkins.tools.bom");
        assertThat(bom.text("artifactId")).isEqualTo("bom-${jenkins.baseline}.x");
        assertThat(pom.all("dependencies/dependency"))
                .filteredOn(dependency -> !dependency.text("version").isEmpty())
                .extracting(dependency -> dependency.text("artifactId"))
                .as("dependencies with a version of their own: none that the bill of materials has")
                .containsExactlyInAnyOrder("vault-java-driver", "assertj-core");
    }

    /** Two dashes in a comment are no XML, and Maven reads nothing else. */
    @Test
    void theProgramsPomIsXml() {
        assertThat(Xml.of(Repository.TOP.resolve("cli/pom.xml")).text("artifactId"))
                .isEqualTo("aws-secrets-cli");
    }

    @Test
    void deprecatedLibrariesAreBannedAndTheFormatIsChecked() {
        Map<String, String> properties = pom.child("properties").orElseThrow().everything().stream()
                .skip(1)
                .collect(Collectors.toMap(each -> each.element().getLocalName(), each -> each.element()
                        .getTextContent()));

        assertThat(properties)
                .containsEntry("hpi.strictBundledArtifacts", "true")
                .containsEntry("ban-commons-lang-2.skip", "false")
                .containsEntry("ban-deprecated-stapler.skip", "false")
                .containsEntry("ban-junit4-imports.skip", "false")
                .containsEntry("banObsoleteDependencyOverrides.skip", "false")
                .containsEntry("spotless.check.skip", "true")
                .doesNotContainKeys(
                        "java.level", "maven.compiler.source", "maven.compiler.target", "maven.compiler.release");
    }

    @Test
    void theAddressesAreSafeAndComplete() {
        assertThat(pom.text("scm/connection")).startsWith("scm:git:https://");
        assertThat(pom.text("scm/developerConnection")).startsWith("scm:git:");
        assertThat(pom.text("scm/url")).startsWith("https://");
        assertThat(pom.text("scm/tag")).isEqualTo("${scmTag}");
        assertThat(pom.all("repositories/repository")).isNotEmpty().allMatch(each -> each.text("url")
                .startsWith("https://"));
        assertThat(pom.all("pluginRepositories/pluginRepository")).isNotEmpty().allMatch(each -> each.text("url")
                .startsWith("https://"));
    }

    @Test
    void contributorsAndReportersOfVulnerabilitiesFindTheirPage() {
        assertThat(Repository.read("CONTRIBUTING.md")).contains("bin/test", "bin/run");
        assertThat(Repository.read("SECURITY.md")).contains("https://www.jenkins.io/security/");
        assertThat(Repository.read("README.md")).contains("## Installing", "CONTRIBUTING.md", "LICENSE.md");
    }

    @Test
    void noPageHasCodeInsideOfIt() {
        for (Path page : Repository.files("src/main/resources", ".jelly")) {
            for (Xml each : Xml.of(page).everything()) {
                String name = each.element().getLocalName();
                assertThat(name).as(page.toString()).isNotEqualTo("style");
                if (name.equals("script")) {
                    assertThat(each.element().hasAttribute("src"))
                            .as(page.toString())
                            .isTrue();
                }
                assertNoHandlers(each, page);
            }
        }
    }

    private static void assertNoHandlers(Xml each, Path page) {
        NamedNodeMap attributes = each.element().getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = ((Attr) attributes.item(i)).getName();
            assertThat(name).as(page.toString()).isNotEqualTo("onclick");
            if (each.element().getNamespaceURI() == null) {
                assertThat(name).as(page.toString()).doesNotStartWith("on");
            }
            if (name.equals("checkUrl")) {
                assertThat(each.element().hasAttribute("checkDependsOn"))
                        .as(page.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void noSourceImportsAnnotationsOfJsr305() {
        Pattern jsr305 = Pattern.compile("(?m)^import javax\\.annotation");
        assertThat(Repository.files(".", ".java"))
                .noneMatch(file -> jsr305.matcher(Repository.read(file)).find());
    }

    @Test
    void thePluginsDescriptionIsOnItsPage() {
        Matcher text =
                Pattern.compile("(?s)<div>(.*)</div>").matcher(Repository.read("src/main/resources/index.jelly"));
        assertThat(text.find()).isTrue();
        assertThat(text.group(1).strip()).hasSizeGreaterThan(40);
    }
}
