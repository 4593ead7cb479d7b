package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code examples/} are what their tools read. */
class ExamplesTest {
    @TempDir
    Path directory;

    private static Stream<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(Page.TOP.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> templates() {
        return files(".yaml");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateRefersToWhatItDeclares(Path file) throws IOException {
        JsonNode template = new YAMLMapper().readTree(Files.readString(file));

        assertThat(template.path("AWSTemplateFormatVersion").asText()).isEqualTo("2010-09-09");
        assertThat(template.path("Resources")).isNotEmpty().allSatisfy(resource -> assertThat(
                        resource.path("Type").asText())
                .startsWith("AWS::IAM::"));
        Pattern.compile("!Ref ([A-Za-z]+)$|\\$\\{([A-Za-z]+)}", Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .forEach(name -> assertThat(template.path("Parameters").has(name)
                                || template.path("Resources").has(name))
                        .as(file + ": " + name)
                        .isTrue());
    }

    @Test
    void cfnLintFindsNothingInTheTemplatesAndInWhatPolicyPrints() throws Exception {
        Path linter = Tool.assumeFound("cfn-lint");
        Path printed = directory.resolve("printed.json");
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse(
                "{ssm: [{name: /ci/user, value: canary}], secretsManager: [{name: ci/hub, string: canary}]}"))) {
            String config = demo.write(
                    directory.resolve("aws-secrets.yaml"),
                    "credentials: [{usernamePassword: {id: hub, username: \"ssm:/ci/user\", password:"
                            + " \"sm:ci/hub\"}}]\n");
            Files.writeString(
                    printed,
                    Cli.run("--config", config, "policy", "--format", "cloudformation")
                            .out());
        }

        List<String> command = new ArrayList<>(List.of(linter.toString(), printed.toString()));
        templates().forEach(template -> command.add(template.toString()));

        assertThat(Tool.run(command, "")).isEqualTo(new Tool.Result(0, ""));
    }

    static Stream<Path> hcl() {
        return Stream.concat(files(".tf"), files(".hcl"));
    }

    @ParameterizedTest
    @MethodSource("hcl")
    void terraformParsesHclAndWouldFormatItSo(Path file) throws IOException, InterruptedException {
        Tool.assumeInstalled("terraform");
        String text = Files.readString(file);

        Tool.Result formatted = Tool.run(List.of("terraform", "fmt", "-"), text);

        assertThat(formatted.status()).as(file.toString()).isZero();
        assertThat(formatted.output()).as(file.toString()).endsWith(text);
    }
}
