package io.jenkins.plugins.awssecrets.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code import} reads a file: old and unusual forms of one, and what it refuses. */
class ImportedFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unclassified: {awsCredentialsProvider: , client: {region: eu-west-1}} |"
                        + " unclassified.awsCredentialsProvider | client",
                "unclassified: {awsCredentialsProvider: '', listSecrets: {filters: []}} |"
                        + " unclassified.awsCredentialsProvider | listSecrets",
                "{awsCredentialsProvider: null, transformations: {description: hide}} | awsCredentialsProvider |"
                        + " transformations",
                "unclassified: {hashicorpVault: , configuration: {vaultUrl: 'https://v'}} |"
                        + " unclassified.hashicorpVault | configuration",
            })
    void settingsThatStandTooFarLeftAreRefused(String yaml, String plugin, String setting) throws IOException {
        Cli.Result result = Cli.run("import", write("left.yml", yaml));

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .contains("import " + plugin + ": it is empty, and its setting " + setting + " stands beside it");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void theEndpointOfOldVersionsIsCarriedOver() throws IOException {
        for (String yaml : List.of(
                "{awsCredentialsProvider: {endpointConfiguration: {serviceEndpoint: 'http://localhost:4584',"
                        + " signingRegion: us-east-1}}}",
                "{awsCredentialsProvider: {client: {endpointConfiguration: {serviceEndpoint: 'http://localhost:4584',"
                        + " signingRegion: us-east-1}}}}")) {
            Cli.Result result = Cli.run("import", write("old.yml", yaml));
            assertThat(result.out()).contains("endpoint: \"http://localhost:4584\"", "region: \"us-east-1\"");
            assertThat(result.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: &client {region: eu-west-1}\nunclassified: {awsCredentialsProvider: {client: *client}}\n",
                "x: &client {region: eu-west-1}\nunclassified: {awsCredentialsProvider: {client: {<<: *client}}}\n",
                "x: &a {region: us-east-1}\n"
                        + "y: &b {<<: *a, region: eu-west-1}\n"
                        + "unclassified: {awsCredentialsProvider: {client: {<<: [*b, *a]}}}\n",
                "r: &r eu-west-1\nunclassified: {awsCredentialsProvider: {client: {region: *r}}}\n",
            })
    void aliasesAndMergeKeysArePutIn(String yaml) throws IOException {
        Cli.Result result = Cli.run("import", write("merge.yml", yaml));

        assertThat(result.out()).contains("region: \"eu-west-1\"");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsTold() throws IOException {
        Cli.Result result = Cli.run(
                "import",
                write(
                        "u.yml",
                        "unclassified: {awsCredentialsProvider: {beta: {clients: [canary]}, client: {region:"
                                + " eu-west-1}, listSecrets: {filters: [{key: name, values: [\"!x\"]}]}}}"));

        assertThat(result.err())
                .contains("awsCredentialsProvider.beta: not supported", "by what it is not")
                .doesNotContain("canary");
    }

    @Test
    void whatIsNoConfigurationIsMalformedAndNotQuoted() throws IOException {
        for (String text : List.of(
                "jenkins: {systemMessage: canary}",
                "a: [canary",
                "<jenkins>canary",
                "<jenkins><x>canary</x></jenkins>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>")) {
            Cli.Result result = Cli.run("--debug", "import", write("x.yml", text));

            assertThat(result.status()).as(text).isEqualTo(65);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).doesNotContain("canary").startsWith("aws-secrets: import");
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
