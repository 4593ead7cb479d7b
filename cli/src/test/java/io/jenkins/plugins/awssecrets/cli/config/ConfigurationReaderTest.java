package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.vault.MountSetting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    private static final String DESIGN = """
        sources:
          - ssm: { id: "ssm", region: "eu-west-1", endpoint: "", assumeRole: { roleArn: "arn:aws:iam::123456789012:role/ci", externalId: "x-1" }, filter: { pathPrefix: "/ci/" } }
          - secretsManager: { id: "sm", region: "eu-west-1", filter: { namePrefix: "ci/", tags: [{key: team, value: web}, {key: live}], stripPrefix: ci/ } }
          - vault: { id: "vault", url: "https://vault.example:8200", namespace: "", auth: { appRole: { roleId: r, secretIdFile: /run/secret-id } } }
        credentials:
          - dockerRegistry: { id: "docker-hub", registry: "ssm:/ci/docker/registry", username: "ssm:/ci/docker/username", password: "sm:ci/docker#password" }
          - database: { id: "orders-db", from: "sm:prod/orders", port: 5432, description: "The orders" }
          - aws: { id: "deploy", accessKeyId: "vault:aws/creds/deploy#access_key", secretAccessKey: "vault:aws/creds/deploy#secret_key" }
        discovery: { enabled: false }
        metadataCache: "5m"
        terseLog: true
        folders: [{folders: ["payments/**"], sources: [sm], roles: ["arn:aws:iam::123456789012:role/payments-*"], addresses: ["https://vault.example:8200"]}]
        """;

    @TempDir
    Path directory;

    @Test
    void mountsOfAVaultAreReadWithTheirEngines() throws IOException {
        String yaml =
                "sources: [{vault: {url: 'https://v', auth: {agent: {}}, mounts: [{path: /team/kv/, kvVersion: 2},"
                        + " {path: old, kvVersion: 1}, {path: database}]}}]";
        SourceSpec.Vault vault =
                (SourceSpec.Vault) read(yaml, Map.of()).sources().get("vault");

        assertThat(vault.settings().mounts())
                .containsExactly(
                        new MountSetting("team/kv", Optional.of(2)),
                        new MountSetting("old", Optional.of(1)),
                        new MountSetting("database", Optional.empty()));
        for (String mount :
                List.of("{path: kv, kvVersion: 3}", "{path: kv, version: 2}", "{path: a//b}", "{kvVersion: 2}")) {
            assertThatThrownBy(() -> read(
                            "sources: [{vault: {url: 'https://v', auth: {agent: {}}, mounts: [" + mount + "]}}]",
                            Map.of()))
                    .hasMessageContaining("sources[0].vault.mounts[0]");
        }
    }

    @Test
    void theFormOfTheDesignIsRead() throws IOException {
        Configuration configuration = read(DESIGN, Map.of());

        assertThat(configuration.declared()).containsExactly("ssm", "sm", "vault");
        assertThat(configuration.discovery()).isFalse();
        assertThat(configuration.sources().get("ssm"))
                .isEqualTo(new SourceSpec.Aws(
                        "ssm",
                        SourceKind.SSM,
                        AwsSettings.DEFAULTS
                                .withRegion("eu-west-1")
                                .withChain(List.of(new AssumeRole(
                                        "arn:aws:iam::123456789012:role/ci",
                                        Optional.of("x-1"),
                                        Optional.empty(),
                                        Optional.empty()))),
                        new SourceFilter(List.of("/ci/"), Map.of(), List.of(), false, true)));
        assertThat(configuration.sources().get("sm").filter())
                .isEqualTo(new SourceFilter(Optional.of("ci/"), Map.of("team", "web", "live", ""), Optional.of("ci/")));
        assertThat(vault(configuration, "vault"))
                .isEqualTo(VaultSettings.of(
                        URI.create("https://vault.example:8200"),
                        new VaultLogin.AppRole(
                                "approle", "r", Optional.of(TextOrFile.of(Path.of("/run/secret-id"))), false)));
        CredentialDefinition database = configuration.credential("orders-db").orElseThrow();
        assertThat(database.description()).isEqualTo("The orders");
        assertThat(database.fields()).containsEntry("port", new FieldValue.Literal("5432"));
        assertThat(configuration.credential("docker-hub").orElseThrow().references())
                .contains(Reference.parse("sm:ci/docker#password"));
    }

    @Test
    void rolesAreChainedByAList() throws IOException {
        Configuration configuration = read("""
            sources:
              - ssm: {assumeRole: [{roleArn: "arn:aws:iam::123456789012:role/first"}, {roleArn: "arn:aws:iam::123456789012:role/second"}]}
            """, Map.of());

        assertThat(((SourceSpec.Aws) configuration.sources().get("ssm"))
                        .settings()
                        .chain())
                .extracting(AssumeRole::roleArn)
                .containsExactly("arn:aws:iam::123456789012:role/first", "arn:aws:iam::123456789012:role/second");
    }

    @Test
    void theSameFileServesJenkins() throws IOException {
        String jcasc =
                "x-a: &a [1]\njenkins: {labels: *a}\nunclassified:\n  location: {url: \"${UNKNOWN}\"}\n  awsSecrets:\n"
                        + DESIGN.indent(4);

        assertThat(read(jcasc, Map.of())).isEqualTo(read(DESIGN, Map.of()));
    }

    @Test
    void everyWayToReachAwsIsRead() throws IOException {
        Configuration configuration = read("""
            sources:
              - ssm: {id: profile, profile: ci, fips: true, dualStack: true}
              - ssm: {id: keys, endpoint: "http://localhost:4566/", stsEndpoint: "http://localhost:4566/", accessKeyId: AK, secretAccessKey: SK, sessionToken: ST}
              - secretsManager: {id: web, webIdentity: {roleArn: arn, tokenFile: /token}}
              - secretsManager:
                  id: proxied
                  assumeRole: {roleArn: "arn:aws:iam::123456789012:role/ci", sessionName: s, durationSeconds: 900}
                  proxy: {host: proxy.example, port: 3128, user: u, password: p, noProxy: "*.internal localhost"}
            """, Map.of());

        assertThat(aws(configuration, "profile"))
                .isEqualTo(AwsSettings.DEFAULTS
                        .withLogin(new AwsLogin.Profile("ci"))
                        .withFips(true)
                        .withDualStack(true));
        assertThat(aws(configuration, "keys"))
                .isEqualTo(AwsSettings.DEFAULTS
                        .withEndpoint(URI.create("http://localhost:4566/"))
                        .withStsEndpoint(URI.create("http://localhost:4566/"))
                        .withLogin(new AwsLogin.StaticKeys(
                                "AK", SecretValue.of("SK"), Optional.of(SecretValue.of("ST")))));
        assertThat(aws(configuration, "web").login()).isEqualTo(new AwsLogin.WebIdentity("arn", Path.of("/token")));
        assertThat(aws(configuration, "proxied"))
                .isEqualTo(AwsSettings.DEFAULTS
                        .withChain(List.of(new AssumeRole(
                                "arn:aws:iam::123456789012:role/ci",
                                Optional.empty(),
                                Optional.of("s"),
                                Optional.of(Duration.ofMinutes(15)))))
                        .withProxy(new HttpProxy(
                                "proxy.example",
                                3128,
                                Optional.of("u"),
                                Optional.of(SecretValue.of("p")),
                                List.of("*.internal", "localhost"))));
    }

    @Test
    void everyWayToLogInToVaultIsRead() throws IOException {
        Configuration configuration = read("""
            sources:
              - vault: {id: a, url: "http://v", auth: {token: {token: t}}}
              - vault: {id: b, url: "http://v", auth: {token: {tokenFile: /t}}}
              - vault: {id: c, url: "http://v", auth: {agent: }}
              - vault: {id: d, url: "http://v", auth: {appRole: {roleId: r, secretId: s, mount: /team/approle/, wrapped: true}}}
              - vault: {id: e, url: "http://v", auth: {userPass: {username: u, password: p}}}
              - vault: {id: f, url: "http://v", auth: {ldap: {username: u, password: p, mount: l}}}
              - vault: {id: g, url: "http://v", auth: {jwt: {role: r, jwtFile: /j}}}
              - vault: {id: h, url: "http://v", auth: {kubernetes: {role: r}}}
              - vault:
                  id: i
                  url: "http://v"
                  namespace: /team/web/
                  auth: {certificate: {name: n}}
                  clientCertificate: {certificateFile: /c, privateKeyFile: /k}
                  caCertificateFile: /ca
            """, Map.of());

        assertThat(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"))
                .extracting(id -> vault(configuration, id).login())
                .containsExactly(
                        new VaultLogin.Token(SecretValue.of("t")),
                        new VaultLogin.TokenFile(Path.of("/t")),
                        new VaultLogin.Agent(),
                        new VaultLogin.AppRole(
                                "team/approle", "r", Optional.of(TextOrFile.of(SecretValue.of("s"))), true),
                        new VaultLogin.UserPass("userpass", "u", SecretValue.of("p")),
                        new VaultLogin.Ldap("l", "u", SecretValue.of("p")),
                        new VaultLogin.Jwt("jwt", Optional.of("r"), TextOrFile.of(Path.of("/j"))),
                        new VaultLogin.Kubernetes("kubernetes", "r", VaultLogin.Kubernetes.TOKEN_FILE),
                        new VaultLogin.Certificate("cert", Optional.of("n")));
        assertThat(vault(configuration, "i").namespace()).contains("team/web");
        assertThat(vault(configuration, "i").ca()).contains(TextOrFile.of(Path.of("/ca")));
    }

    @Test
    void theDefaultSourcesAreThereWithoutAFile() {
        Configuration configuration = new ConfigurationReader(Map.of(
                        "VAULT_ADDR", "https://vault.example:8200", "VAULT_TOKEN", "t", "VAULT_NAMESPACE", "team/"))
                .withoutFile();

        assertThat(configuration.kinds())
                .containsOnly(
                        Map.entry("ssm", SourceKind.SSM),
                        Map.entry("sm", SourceKind.SECRETS_MANAGER),
                        Map.entry("vault", SourceKind.VAULT));
        assertThat(aws(configuration, "ssm")).isEqualTo(AwsSettings.DEFAULTS);
        assertThat(vault(configuration, "vault"))
                .isEqualTo(VaultSettings.of(
                                URI.create("https://vault.example:8200"),
                                new VaultLogin.EnvironmentToken(SecretValue.of("t")))
                        .withNamespace("team"));
        assertThat(configuration.inUse()).containsExactly("ssm", "sm", "vault");
    }

    @Test
    void theVaultNobodyNamedIsAnErrorOnlyWhereItIsUsed() {
        Configuration configuration = new ConfigurationReader(Map.of()).withoutFile();

        assertThat(configuration.sources().get("vault"))
                .isInstanceOfSatisfying(SourceSpec.Unset.class, unset -> assertThat(unset.why())
                        .hasMessageContaining("Set VAULT_ADDR")
                        .extracting("problem")
                        .isEqualTo(Problem.MALFORMED));
        assertThat(configuration.inUse()).containsExactly("ssm", "sm");
    }

    @Test
    void anAgentsSocketNeedsNoLogin() throws IOException {
        assertThat(vault(read("sources: [{vault: {url: \"unix:///run/agent.sock\"}}]", Map.of()), "vault"))
                .isEqualTo(VaultSettings.of(URI.create("unix:///run/agent.sock"), new VaultLogin.Agent()));
    }

    @Test
    void theEnvironmentsCertificatesGoWithItsAddressOnly() throws IOException {
        Map<String, String> environment =
                Map.of("VAULT_ADDR", "https://v", "VAULT_TOKEN", "t", "VAULT_CACERT", "/ca", "HOME", "/nowhere");

        assertThat(vault(read("sources: [{vault: {}}]", environment), "vault").ca())
                .contains(TextOrFile.of(Path.of("/ca")));
        assertThat(vault(read("sources: [{vault: {caCertificateFile: /own}}]", environment), "vault")
                        .ca())
                .contains(TextOrFile.of(Path.of("/own")));
        assertThat(vault(read("sources: [{vault: {url: \"https://other\"}}]", environment), "vault")
                        .ca())
                .isEmpty();
    }

    @Test
    void vaultsOwnTokenFileIsRead() throws IOException {
        Path token = Files.writeString(directory.resolve(".vault-token"), "t");

        Configuration configuration =
                new ConfigurationReader(Map.of("VAULT_ADDR", "http://v", "HOME", directory.toString())).withoutFile();

        assertThat(vault(configuration, "vault").login()).isEqualTo(new VaultLogin.TokenFile(token));
    }

    @Test
    void aConfiguredSourceTakesTheDefaultOnesPlace() throws IOException {
        Configuration configuration = read("sources: [{ssm: {region: eu-central-1}}]", Map.of());

        assertThat(aws(configuration, "ssm").region()).contains("eu-central-1");
        assertThat(configuration.sources()).containsKeys("ssm", "sm", "vault");
        assertThat(configuration.inUse()).containsExactly("ssm");
        assertThat(configuration.discovery()).isTrue();
    }

    @Test
    void variablesArePutIn() throws IOException {
        Configuration configuration = read("""
            sources:
              - secretsManager: {region: "${REGION:-eu-west-1}", accessKeyId: "^${x}", secretAccessKey: "${KEY}"}
            """, Map.of("KEY", "k"));

        assertThat(aws(configuration, "sm").region()).contains("eu-west-1");
        assertThat(aws(configuration, "sm").login())
                .isEqualTo(new AwsLogin.StaticKeys("${x}", SecretValue.of("k"), Optional.empty()));
    }

    @Test
    void anEmptyFileIsNoMistake() throws IOException {
        assertThat(read("", Map.of()).kinds())
                .isEqualTo(new ConfigurationReader(Map.of()).withoutFile().kinds());
        assertThat(read("# nothing\n", Map.of()).credentials()).isEmpty();
        assertThat(read("sources:\ncredentials:\n", Map.of()).credentials()).isEmpty();
    }

    @Test
    void anEmptyValueIsAllowedWhereItIsDeclared() throws IOException {
        Configuration configuration =
                read("credentials: [{string: {id: x, secret: \"sm:x\", allowEmpty: true}}]", Map.of());

        assertThat(configuration.credential("x").orElseThrow().allowEmpty()).isTrue();
    }

    private static AwsSettings aws(Configuration configuration, String id) {
        return ((SourceSpec.Aws) configuration.sources().get(id)).settings();
    }

    private static VaultSettings vault(Configuration configuration, String id) {
        return ((SourceSpec.Vault) configuration.sources().get(id)).settings();
    }

    private Configuration read(String text, Map<String, String> environment) throws IOException {
        return new ConfigurationReader(environment).read(Files.writeString(directory.resolve("c.yaml"), text));
    }
}
