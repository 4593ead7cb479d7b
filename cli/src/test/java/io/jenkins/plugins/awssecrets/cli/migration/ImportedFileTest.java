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
                "unclassified: {awsCredentialsProvider: {client: , region: eu-west-1}} |"
                        + " awsCredentialsProvider.client | region",
                "unclassified: {awsCredentialsProvider: {client: {credentialsProvider: {assumeRole: , roleArn: x}}}} |"
                        + " awsCredentialsProvider.client.credentialsProvider.assumeRole | roleArn",
                "unclassified: {awsCredentialsProvider: {client: {credentialsProvider: , profile: {profileName: x}}}} |"
                        + " awsCredentialsProvider.client.credentialsProvider | profile",
                "unclassified: {awsCredentialsProvider: {transformations: {name: {removePrefix: , prefix: ci-}}}} |"
                        + " awsCredentialsProvider.transformations.name.removePrefix | prefix",
                "unclassified: {hashicorpVault: {configuration: , vaultUrl: 'https://v'}} |"
                        + " hashicorpVault.configuration | vaultUrl",
                "credentials: {system: {domainCredentials: [{credentials: [{vaultAppRoleCredential: , id: x}]}]}} |"
                        + " credentials.system.domainCredentials.credentials.vaultAppRoleCredential | id",
                "credentials: [{vaultStringCredentialImpl: , id: x, path: secret/x}] |"
                        + " credentials.vaultStringCredentialImpl | id",
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
    @CsvSource(
            delimiter = '|',
            value = {
                "{endpointConfiguration: {serviceEndpoint: 'http://e'}, client: {region: eu-west-1}} | eu-west-1 |",
                "{endpointConfiguration: {signingRegion: us-east-1}} | us-east-1 |",
                "{client: {region: eu-west-1, endpointConfiguration: {serviceEndpoint: 'http://e', other: x}}} |"
                        + " eu-west-1 | endpointConfiguration.other: not supported",
                "{endpointConfiguration: {serviceEndpoint: 'http://jo:canary@e'}, client: {region: eu-west-1}} |"
                        + " eu-west-1 | endpointConfiguration.serviceEndpoint: the address contains a user or password",
            })
    void whatAnOldEndpointLeavesOutComesFromTheClient(String provider, String region, String warning)
            throws IOException {
        Cli.Result result = Cli.run("import", write("old.yml", "awsCredentialsProvider: " + provider));

        assertThat(result.out()).contains("region: \"" + region + "\"");
        assertThat(result.err()).contains(warning == null ? "" : warning).doesNotContain("canary");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unclassified:^  awsCredentialsProvider:^~  cache: true | :3:1: a tab. Indent with spaces",
                "a: 1^---^b: 2 | :2:1: a second document. Keep one document in the file",
                "a: 1^a: canary | :2:1: duplicate key. Keep one of the two",
                "a: {b: 1, b: canary} | :1:11: duplicate key. Keep one of the two",
                "a: *gone | :1:4: an alias whose anchor is missing. Write &NAME before",
                "a: &a [*a, *a] | : an anchor that holds itself",
                "a: &a {b: *a} | : an anchor that holds itself",
                "a: [canary | a '[' that is not closed",
            })
    void whatIsNoYamlIsToldByItsPlace(String yaml, String told) throws IOException {
        Cli.Result result =
                Cli.run("import", write("bad.yml", yaml.replace('^', '\n').replace('~', '\t')));

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .startsWith("aws-secrets: import " + directory)
                .contains(told)
                .doesNotContain("canary");
        assertThat(result.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{awsCredentialsProvider: {client: {credentialsProvider: {profile: {profileName: x}, static: {}}}}} |"
                        + " awsCredentialsProvider.client.credentialsProvider: several settings where one is expected",
                "{awsCredentialsProvider: {listSecrets: {filters: [{key: name}]}}} |"
                        + " awsCredentialsProvider.listSecrets.filters: 'name' without values",
                "{awsCredentialsProvider: {listSecrets: {filters: [{key: tag-key}], values: [x]}}} |"
                        + " awsCredentialsProvider.listSecrets.filters: 'tag-key' without values",
                "{c: [{vaultWhateverCredential: {id: new}}]} | vaultWhateverCredential 'new': this kind is not known"
                        + " here",
                "{c: [{vaultKubernetesCredential: {id: k8s}}]} | vaultKubernetesCredential 'k8s': no configuration here"
                        + " authenticates with it",
                "{c: [{vaultStringCredential: {id: x, path: secret}}]} | vaultStringCredential 'x': its id or path is"
                        + " missing, or the path is not mount/path of a secret",
                "{c: [{vaultStringCredential: {id: x, path: secret/data/x, engineVersion: 1}}]} |"
                        + " vaultStringCredential 'x': its path is that of Vault's API, with data/",
                "{c: [{vaultStringCredential: {id: x, path: secret/data/x}}]} | vaultStringCredential 'x'.path: data is"
                        + " written as a folder of that name",
            })
    void whatIsNotCarriedOverIsNeverDroppedInSilence(String yaml, String warning) throws IOException {
        String more = "{a: {awsCredentialsProvider: {client: {region: eu-west-1}}}, b: " + yaml + "}";

        assertThat(Cli.run("import", write("lost.yml", more)).err()).contains("warning: " + warning);
    }

    @Test
    void aFolderNamedDataIsWrittenAsOne() throws IOException {
        assertThat(Cli.run("import", write("data.yml", "{c: [{vaultStringCredential: {id: x, path: kv/data/x}}]}"))
                        .out())
                .contains("secret: \"vault:kv/%64ata/x#secret\"");
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
