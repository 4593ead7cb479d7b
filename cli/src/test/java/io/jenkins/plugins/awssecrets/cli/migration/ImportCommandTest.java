package io.jenkins.plugins.awssecrets.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.ConfigurationReader;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The other plugins' own test files and examples, and files as Jenkins saves their classes. */
class ImportCommandTest {
    private static final Path FILES = Path.of("..", "src", "test", "resources", "engine", "migration");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ENDPOINT_URL", "http://localhost:4584",
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIADEMO",
            "AWS_SECRET_ACCESS_KEY", "made-up",
            "VAULT_TOKEN", "made-up",
            "VAULT_SECRET_ID", "made-up",
            "MY_SECRET_TOKEN", "made-up",
            "JENKINS_SECRET_ID", "made-up");

    @TempDir
    Path directory;

    static Stream<Path> files() throws IOException {
        return Files.walk(FILES)
                .filter(f -> f.toString().endsWith(".yml") || f.toString().endsWith(".xml"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsImportedIsAConfigurationAndHoldsNoValue(Path file) throws IOException {
        Cli.Result result = Cli.run("import", file.toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.all()).doesNotContain("wJalrXUtnFEMI", "AKIAIOSFODNN7EXAMPLE", "\"fake\"", "canary");
        if (result.out().contains("sources")) {
            assertThat(read(result).sources()).isNotEmpty();
        }
    }

    static Stream<Arguments> provider() {
        return Stream.of(
                arguments("client-region.yml", "region: \"eu-west-1\""),
                arguments("client-endpointUrl.yml", "endpoint: \"http://localhost:4584\""),
                arguments("client-credentialsProvider-profile.yml", "profile: \"foo\""),
                arguments(
                        "client-credentialsProvider-assumeRole.yml",
                        "roleArn: \"arn:aws:iam::111111111111:role/foo-role\""),
                arguments("client-credentialsProvider-assumeRole.yml", "sessionName: \"foo\""),
                arguments("client-credentialsProvider-static.yml", "secretAccessKey: \"${AWS_SECRET_ACCESS_KEY}\""),
                arguments(
                        "client-clientConfiguration.yml",
                        "# To do: awsCredentialsProvider.client.clientConfiguration: in Jenkins all sources use"
                                + " Jenkins' own"),
                arguments("filters-name.yml", "namePrefix: \"foo\""),
                arguments("filters-multiple.yml", "- key: \"foo\"\n                value: \"bar\""),
                arguments("PluginConfiguration-0.3.xml", "- key: \"foo\"\n                value: \"bar\""),
                arguments("transformations-name-removePrefix.yml", "stripPrefix: \"foo-\""),
                arguments("transformations-name-removePrefixes.yml", "stripPrefix: \"foo-\""),
                arguments("cache-false.yml", "# To do: awsCredentialsProvider.cache: "),
                arguments("transformations-description-hide.yml", "filter:\n            hideDescription: true"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("provider")
    void aSettingOfTheProviderBecomesOurs(String file, String expected) {
        Cli.Result result =
                Cli.run("import", FILES.resolve("provider").resolve(file).toString());

        assertThat(result.out()).contains(expected);
    }

    @Test
    void anyOfSeveralNamesStaysInOneSource() throws IOException {
        Cli.Result result =
                Cli.run("import", FILES.resolve("PluginConfiguration.xml").toString());

        Configuration imported = read(result);
        assertThat(imported.declared()).containsExactly("sm");
        assertThat(imported.sources().get("sm").filter().prefixes()).containsExactly("ci/", "shared/");
        assertThat(((SourceSpec.Aws) imported.sources().get("sm")).settings().chain())
                .singleElement()
                .satisfies(role -> assertThat(role.roleArn()).isEqualTo("arn:aws:iam::111111111111:role/jenkins"));
        assertThat(imported.discovery()).isTrue();
        assertThat(result.err()).contains("'description' cannot be filtered by");
    }

    @Test
    void severalPrefixesAreTakenOffNamesOfOneSource() throws IOException {
        Configuration imported = read(Cli.run(
                "import",
                FILES.resolve("provider")
                        .resolve("transformations-removePrefixes.yml")
                        .toString()));

        assertThat(imported.declared()).containsExactly("sm");
        assertThat(imported.sources().get("sm").filter().stripPrefixes()).containsExactly("staging-", "production-");
        assertThat(imported.sources().get("sm").filter().prefixes()).isEmpty();
    }

    @Test
    void vaultsConfigurationAndItsCredentialsAreReadTogether() throws IOException {
        Cli.Result result = Cli.run(
                "import",
                FILES.resolve("vault").resolve("GlobalVaultConfiguration.xml").toString(),
                FILES.resolve("vault").resolve("credentials.xml").toString());

        Configuration imported = read(result);
        SourceSpec.Vault vault = (SourceSpec.Vault) imported.sources().get("vault");
        assertThat(vault.settings().namespace()).contains("team");
        assertThat(vault.settings().login()).isInstanceOfSatisfying(VaultLogin.AppRole.class, login -> {
            assertThat(login.mount()).isEqualTo("jenkins-approle");
            assertThat(login.roleId()).isEqualTo("b6a0c1f2-0000-0000-0000-000000000000");
        });
        assertThat(imported.credentials())
                .extracting(c -> c.id() + " " + c.kind())
                .containsExactly(
                        "artifactory " + Kinds.USERNAME_PASSWORD, "sonar " + Kinds.STRING, "git " + Kinds.SSH_KEY);
        assertThat(imported.discovery()).isFalse();
        assertThat(result.out().lines().filter(line -> line.startsWith("# To do: ")))
                .extracting(line -> line.replaceFirst("# To do: ([^:]*):.*", "$1"))
                .containsExactlyInAnyOrder(
                        "vaultAppRoleCredential 'vault-approle'.secretId",
                        "hashicorpVault.configuration.skipSslVerification",
                        "hashicorpVault.configuration.failIfNotFound",
                        "hashicorpVault.configuration.policies",
                        "hashicorpVault.configuration.paths that jobs name themselves",
                        "vaultStringCredential 'raw'",
                        "vaultGCRLogin 'gcr'");
    }

    @Test
    void aVariableIsCarriedOverAndItsDefaultIsNot() throws IOException {
        Configuration readme = read(
                Cli.run("import", FILES.resolve("vault").resolve("readme.yml").toString()));
        Cli.Result withDefault = Cli.run(
                "import",
                write(
                        "d.yml",
                        "unclassified: {awsCredentialsProvider: {client: {credentialsProvider: {static: {accessKey:"
                                + " a-canary, secretKey: \"${X:-canary}\"}}}}}"));

        assertThat(((SourceSpec.Vault) readme.sources().get("vault")).settings().login())
                .isInstanceOf(VaultLogin.Token.class);
        assertThat(withDefault.all()).doesNotContain("canary").contains("${AWS_SECRET_ACCESS_KEY}");
        assertThat(((SourceSpec.Aws) read(withDefault).sources().get("sm"))
                        .settings()
                        .login())
                .isInstanceOf(AwsLogin.StaticKeys.class);
    }

    /** What is printed is what a Jenkins is given in the plugin's own tests. */
    @ParameterizedTest
    @CsvSource({
        "provider.yaml, PluginConfiguration.xml",
        "both.yaml, both.yml",
        "vault.yaml, vault/GlobalVaultConfiguration.xml vault/credentials.xml",
        "vault-token.yaml, vault/readme.yml"
    })
    void printsWhatJenkinsLoads(String expected, String files) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("import"));
        Stream.of(files.split(" "))
                .forEach(file -> arguments.add(FILES.resolve(file).toString()));

        Cli.Result result = Cli.run(arguments.toArray(String[]::new));

        assertThat(result.out())
                .isEqualTo(Files.readString(FILES.resolve("imported").resolve(expected)));
    }

    /** The peer passes them to ListSecrets, which takes ten; here names of more are looked at by the source. */
    @Test
    void moreThanTenNamesStayInOneSource() throws IOException {
        Configuration eleven = read(Cli.run("import", write("eleven.yml", providerWith(filter("name", 11)))));

        assertThat(eleven.declared()).containsExactly("sm");
        assertThat(eleven.sources().get("sm").filter().prefixes())
                .hasSize(11)
                .startsWith("team1/")
                .endsWith("team11/");
    }

    @Test
    void moreThanTenTagsBecomeASourceEachUntilNobodyWouldWantThem() throws IOException {
        Configuration eleven = read(Cli.run("import", write("eleven.yml", providerWith(filter("tag-key", 11)))));
        Cli.Result many = Cli.run("import", write("many.yml", providerWith(filter("tag-key", 21))));

        assertThat(eleven.declared()).hasSize(11).startsWith("sm", "sm-2").endsWith("sm-11");
        assertThat(eleven.declared())
                .extracting(id -> eleven.sources().get(id).filter().tags().keySet())
                .startsWith(Set.of("team1/"))
                .endsWith(Set.of("team11/"));
        assertThat(read(many).declared()).containsExactly("sm");
        assertThat(many.err()).contains("more than 20 combinations of values; narrow the sources by hand");
    }

    private static String filter(String key, int count) {
        String values = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{value: team" + i + "/}")
                .collect(Collectors.joining(", "));
        return "{key: " + key + ", values: [" + values + "]}";
    }

    private static String providerWith(String filter) {
        return "unclassified: {awsCredentialsProvider: {client: {region: eu-west-1}, listSecrets: {filters: [" + filter
                + "]}}}";
    }

    @Test
    void aDollarSignInXmlIsNoVariable() throws IOException {
        String xml = Files.readString(FILES.resolve("vault").resolve("credentials.xml"))
                .replace("<description>Artifactory<", "<description>for ${BRANCH}<");

        Cli.Result result = Cli.run("import", write("c.xml", xml));

        assertThat(result.out()).contains("description: \"for ^${BRANCH}\"");
        assertThat(read(result).credentials().get(0).description()).isEqualTo("for ${BRANCH}");
    }

    private Cli.Result importVault(String settings) {
        return Cli.run(
                "import",
                write(
                        "vault.xml",
                        "<list><com.datapipe.jenkins.vault.credentials.common.VaultStringCredentialImpl><id>x</id>"
                                + settings
                                + "</com.datapipe.jenkins.vault.credentials.common.VaultStringCredentialImpl></list>"));
    }

    @ParameterizedTest
    @CsvSource({"SYSTEM, true", "GLOBAL, false", "USER, false", "'', false", "system, false"})
    void theScopeOfACredentialStays(String scope, boolean system) {
        Cli.Result result = importVault("<scope>" + scope + "</scope><path>secret/ci</path>");

        assertThat(result.out().contains("scope: \"SYSTEM\"")).isEqualTo(system);
        assertThat(result.err().contains(".scope: only GLOBAL and SYSTEM")).isEqualTo(scope.matches("USER|system"));
    }

    @ParameterizedTest
    @CsvSource({
        "secret%2Fteam/ci, vault:secret/team/ci#secret",
        "/secret%2fteam%2fci/, vault:secret/team/ci#secret",
        "secret/a%20b, vault:secret/a%20b#secret",
        "secret/100%, vault:secret/100%25#secret",
        "secret/a+b, vault:secret/a+b#secret",
    })
    void aPathThatIsWrittenPercentEncodedIsDecodedOnce(String path, String reference) {
        assertThat(importVault("<path>" + path + "</path>").out()).contains("secret: \"" + reference + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "kv/ci, team/kv, true",
        "kv2/ci, kv, true",
        "team/kv, team/kv, true",
        "secret%2Fteam/ci, other, true",
        "team/kv/ci, /team/kv/, false",
        "team%2Fkv/ci, team/kv, false",
        "kv/ci, '', false",
    })
    void aPrefixThatThePathDoesNotBeginWithIsTold(String path, String prefix, boolean told) {
        assertThat(importVault("<path>" + path + "</path><prefixPath>" + prefix + "</prefixPath>")
                        .err()
                        .contains("prefixPath: the path does not begin with it"))
                .isEqualTo(told);
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Configuration read(Cli.Result result) {
        return new ConfigurationReader(ENVIRONMENT).read(Path.of(write("imported.yaml", result.out())));
    }
}
