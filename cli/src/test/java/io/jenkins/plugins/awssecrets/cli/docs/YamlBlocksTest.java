package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.awssecrets.cli.config.ConfigurationReader;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.migration.Importer;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** Each YAML block is read by what it is written for: our configuration, a seed, another plugin's configuration. */
class YamlBlocksTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\^)\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern SECRET = Pattern.compile("\\$\\{((?:ssm|sm|vault):[^}]*)}");

    private static final Set<String> OURS =
            Set.of("sources", "credentials", "discovery", "metadataCache", "defaultSources", "folders");
    private static final Set<String> SEED = Set.of("aws", "ssm", "secretsManager", "vault");

    /** What others read: Jenkins, Kubernetes, CloudFormation, Ansible and Vault's own parts of a seed. */
    private static final Set<String> OTHERS = Set.of("jenkins", "tool", "apiVersion", "AWSTemplateFormatVersion");

    @TempDir
    Path directory;

    static Stream<Page.Block> blocks() {
        return Page.blocks("yaml", "yml");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void itIsWhatItIsWrittenFor(Page.Block block) {
        assertThatCode(() -> check(block)).as(block.place()).doesNotThrowAnyException();
    }

    @Test
    void aBrokenOneIsRefused() {
        for (String text : List.of(
                "credentials: [{string: {id: x, secret: \"sm:\"}}]",
                "unclassified: {awsSecrets: {sources: [{ssm: {regoin: x}}]}}",
                "ssm: [{nam: /ci/a}]",
                "vault: {auth: [{typ: approle}]}",
                "jenkins: {systemMessage: \"${sm:}\"}",
                "whatever: 1",
                "a: [b")) {
            assertThatThrownBy(() -> check(new Page.Block("docs/x.md", 1, "yaml", text)))
                    .as(text)
                    .isInstanceOf(Throwable.class);
        }
    }

    private void check(Page.Block block) throws IOException {
        JsonNode tree = YAML.readTree(block.text());
        Set<String> keys = StreamSupport.stream(((Iterable<String>) tree::fieldNames).spliterator(), false)
                .collect(Collectors.toSet());
        JsonNode ours = tree.at("/unclassified/awsSecrets");
        Matcher secrets = SECRET.matcher(block.text());
        while (secrets.find()) {
            Reference.parse(secrets.group(1));
        }
        if (tree.isArray()) {
            assertThat(YAML.readTree(block.text()).isEmpty()).isFalse();
        } else if (tree.has("unclassified") && ours.isMissingNode()) {
            Importer.of(List.of(tree));
        } else if (tree.has("unclassified")) {
            read(ours);
        } else if (Set.of("auth", "tokenRoles").containsAll(keys)) {
            Seed.parse(YAML.writeValueAsString(Map.of("vault", tree)));
        } else if (OURS.containsAll(keys) && !tree.path("credentials").isObject()) {
            read(tree);
        } else if (SEED.containsAll(keys)) {
            Seed.parse(block.text());
        } else {
            assertThat(keys).as("top keys").anyMatch(OTHERS::contains);
        }
    }

    private void read(JsonNode configuration) throws IOException {
        JenkinsCredentials.replaced(configuration);
        String text = YAML.writeValueAsString(configuration);
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(
                        name -> environment.put(name, name.matches(".*(ADDR|URL).*") ? "http://127.0.0.1" : "made-up"));
        new ConfigurationReader(environment).read(Files.writeString(directory.resolve("page.yaml"), text));
    }

    static Stream<Page.Block> json() {
        return Page.blocks("json");
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonIsJson(Page.Block block) throws JsonProcessingException {
        assertThat(new ObjectMapper().readTree(block.text())).as(block.place()).isNotEmpty();
    }

    /** On the pages about other plugins, the block after theirs is what {@code import} makes of it. */
    @ParameterizedTest
    @MethodSource("peers")
    void whatIsImportedIsOnThePage(Page.Block theirs, Page.Block ours) throws IOException {
        assertThat(YAML.readTree(ours.text()).at("/unclassified/awsSecrets"))
                .as(ours.place())
                .isEqualTo(Importer.of(List.of(YAML.readTree(theirs.text()))).configuration());
    }

    static Stream<Arguments> peers() {
        return Page.all().stream().flatMap(page -> {
            List<Page.Block> all =
                    page.blocks().stream().filter(block -> block.is("yaml")).toList();
            return IntStream.range(0, all.size())
                    .filter(i -> all.get(i).text().matches("(?s).*(awsCredentialsProvider|hashicorpVault):.*"))
                    .mapToObj(i -> Arguments.of(all.get(i), all.get(i + 1)));
        });
    }

    @ParameterizedTest
    @MethodSource("jsonAndXml")
    void jsonAndXmlAreWellFormed(Page.Block block) {
        assertThatCode(() -> {
                    if (block.is("json")) {
                        new ObjectMapper()
                                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                                .readTree(block.text());
                    } else {
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(block.text())));
                    }
                })
                .as(block.place())
                .doesNotThrowAnyException();
    }

    static Stream<Page.Block> jsonAndXml() {
        return Page.blocks("json", "xml");
    }
}
