package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.migration.Importer;
import io.jenkins.plugins.awssecrets.engine.migration.XmlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code aws-secrets import} makes of other plugins' configurations is a configuration of a real Jenkins. */
@WithJenkins
class ImportedConfigurationTest {
    private static final Path FILES = Path.of("src", "test", "resources", "engine", "migration");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = TestKeys.traditional(TestKeys.rsa());

    /** The variables that take the place of secret values, as whoever imports is told to set them. */
    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIADEMO",
            "AWS_SECRET_ACCESS_KEY", "made-up",
            "AWS_ENDPOINT_URL", "http://localhost:4584",
            "AWS_REGION", "eu-west-1",
            "VAULT_TOKEN", "made-up",
            "VAULT_SECRET_ID", "secret-id",
            "JENKINS_SECRET_ID", "secret-id",
            "MY_SECRET_TOKEN", "made-up");

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws: {accessKeys: [{id: AKIADEMO, secret: made-up}]}
        secretsManager:
          - {name: ci/npm, string: value-npm, tags: {"jenkins:credentials:type": string, team: web}}
          - {name: shared/pypi, string: value-pypi, tags: {"jenkins:credentials:type": string, team: web}}
          - {name: ci/other, string: value-other, tags: {"jenkins:credentials:type": string, team: other}}
        vault:
          auth:
            - type: approle
              accept: [{with: {role_id: b6a0c1f2-0000-0000-0000-000000000000, secret_id: secret-id}, policies: [ci]}]
          policies: {ci: [{path: "secret/data/ci/*", capabilities: [read]}]}
          mounts:
            - path: secret
              secrets:
                - {path: ci/sonar, data: {token: value-sonar, url: "https://sonar.example"}}
                - {path: ci/artifactory, data: {user: robot, password: value-artifactory}}
          namespaces:
            team:
              auth:
                - type: approle
                  path: jenkins-approle
                  accept: [{with: {role_id: b6a0c1f2-0000-0000-0000-000000000000, secret_id: secret-id}, policies: [ci]}]
              policies: {ci: [{path: "secret/data/ci/*", capabilities: [read]}]}
              mounts:
                - path: secret
                  secrets:
                    - {path: ci/sonar, data: {token: value-of-team}}
                    - {path: ci/git, data: {username: git, private_key: "%s"}}
        """.formatted(KEY.replace("\n", "\\n"))));

    @BeforeEach
    void setVariables() {
        VARIABLES.forEach(System::setProperty);
    }

    @AfterEach
    void unsetVariables() {
        VARIABLES.keySet().forEach(System::clearProperty);
    }

    @Test
    void everyImportIsLoaded(JenkinsRule jenkins) throws Exception {
        List<Path> originals;
        try (Stream<Path> files = Files.walk(FILES)) {
            originals = files.filter(f -> f.toString().matches(".*\\.(yml|xml)"))
                    .sorted()
                    .toList();
        }
        assertThat(originals).hasSizeGreaterThanOrEqualTo(19);
        for (Path original : originals) {
            ObjectNode imported = Importer.of(List.of(tree(original))).configuration();
            ObjectNode root = YAML.createObjectNode();
            root.putObject("unclassified").set("awsSecrets", imported);

            AwsSecretsConfiguration.get().setCredentials(List.of());
            AwsSecretsConfiguration.get().setSources(List.of());
            Backends.load(YAML.writeValueAsString(root));

            assertThat(AwsSecretsConfiguration.get().getSources())
                    .as(original.toString())
                    .hasSize(imported.path("sources").size());
            assertThat(AwsSecretsConfiguration.get().getCredentials())
                    .as(original.toString())
                    .hasSize(imported.path("credentials").size());
        }
    }

    @Test
    void bothPluginsConfigurationAsCodeBecomesCredentialsThatAreRead(JenkinsRule jenkins) throws Exception {
        Backends.load(printed("both.yaml"));

        assertThat(Catalog.get().in(jenkins.jenkins).entries(PATIENCE).stream()
                        .map(CatalogEntry::definition)
                        .map(c -> c.id()))
                .containsExactlyInAnyOrder("sonar", "artifactory", "kubeconfig", "signing", "npm", "shared/pypi");
        assertThat(find(jenkins, StringCredentials.class, "sonar").getSecret().getPlainText())
                .isEqualTo("value-sonar");
        assertThat(find(jenkins, StringCredentials.class, "npm").getSecret().getPlainText())
                .isEqualTo("value-npm");
        StandardUsernamePasswordCredentials artifactory =
                find(jenkins, StandardUsernamePasswordCredentials.class, "artifactory");
        assertThat(artifactory.getUsername()).isEqualTo("robot");
        assertThat(artifactory.getPassword().getPlainText()).isEqualTo("value-artifactory");
    }

    @Test
    void xmlOfTheVaultPluginBecomesCredentialsThatAreRead(JenkinsRule jenkins) throws Exception {
        Backends.load(printed("vault.yaml"));

        assertThat(find(jenkins, StringCredentials.class, "sonar").getSecret().getPlainText())
                .isEqualTo("value-of-team");
        assertThat(find(jenkins, SSHUserPrivateKey.class, "git").getPrivateKeys())
                .containsExactly(KEY);
    }

    @Test
    void xmlOfTheProviderBecomesItsSource(JenkinsRule jenkins) throws Exception {
        Backends.load(printed("provider.yaml"));

        assertThat(AwsSecretsConfiguration.get().getSources())
                .allSatisfy(
                        source -> assertThat(source).isInstanceOfSatisfying(SecretsManagerConfiguration.class, sm -> {
                            assertThat(sm.getRegion()).isEqualTo("eu-west-1");
                            assertThat(sm.getFilter().getNamePrefix()).isEqualTo("ci/, shared/");
                            assertThat(sm.getAssumeRole()).singleElement().satisfies(role -> assertThat(
                                            role.getRoleArn())
                                    .isEqualTo("arn:aws:iam::111111111111:role/jenkins"));
                        }))
                .extracting(SourceConfiguration::getId)
                .containsExactly("sm");
        Backends.load(printed("vault-token.yaml"));
        assertThat(AwsSecretsConfiguration.get().getSources())
                .singleElement()
                .isInstanceOfSatisfying(VaultConfiguration.class, vault -> assertThat(vault.getAuth())
                        .isInstanceOfSatisfying(TokenAuth.class, auth -> assertThat(
                                        auth.getToken().getPlainText())
                                .isEqualTo("made-up")));
    }

    /** To the letter what the command line prints, but for the addresses. */
    private String printed(String file) throws IOException {
        return Files.readString(FILES.resolve("imported").resolve(file))
                .replace(
                        "http://localhost:4584",
                        backends.running().secretsManager().toString())
                .replace(
                        "https://vault.example:8200", backends.running().vault().toString());
    }

    private static JsonNode tree(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".xml") ? XmlTree.read(bytes).orElseThrow() : YAML.readTree(bytes);
    }

    /** As a job gets it. */
    private static <C extends StandardCredentials> C find(JenkinsRule jenkins, Class<C> type, String id) {
        C found = CredentialsProvider.findCredentialByIdInItemGroup(id, type, jenkins.jenkins, ACL.SYSTEM2, List.of());
        assertThat(found).as(id).isNotNull();
        return found;
    }
}
