package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.impl.configurators.DescriptorConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
public class ConfigurationAsCodeTest {
    public static final String CANARY = "canary-5c1d7e";

    /** Everything that can be said, once. */
    public static final String EVERYTHING = """
        unclassified:
          awsSecrets:
            sources:
              - ssm:
                  id: ssm
                  region: eu-west-1
                  endpoint: "https://ssm.example"
                  stsEndpoint: "https://sts.example"
                  accessKeyId: AKIAEXAMPLE
                  secretAccessKey: %1$s-1
                  sessionToken: %1$s-2
                  assumeRole: {roleArn: "arn:aws:iam::123456789012:role/ci", externalId: "x-1", sessionName: ci, durationSeconds: 900}
                  filter: {pathPrefix: /ci/, stripPrefix: /ci/, tags: [{key: team, value: web}, {key: live}]}
                  allow:
                    - {names: [/ci/*, "/team/${folder}/**", "/job/^${job}"]}
                    - {names: [/prod/*], jobs: [shop/**, pay/web], branches: [main, release/*], changeRequests: true}
              - secretsManager:
                  id: other-account
                  region: eu-central-1
                  profile: other
                  fips: true
                  dualStack: true
                  assumeRole:
                    - {roleArn: "arn:aws:iam::123456789012:role/first"}
                    - {roleArn: "arn:aws:iam::123456789012:role/second"}
                  filter: {namePrefix: "ci/, shared/", stripPrefix: "ci/, shared/", hideDescription: true}
              - secretsManager: {id: pod, webIdentity: {roleArn: "arn:aws:iam::123456789012:role/pod", tokenFile: /run/token}}
              - ssm: {id: byRole, assumeRole: {roleArn: "arn:aws:iam::123456789012:role/jenkins/${folder}", perBuild: true, tags: true, exactPolicy: true}}
              - ssm: {id: byToken, webIdentity: {roleArn: "arn:aws:iam::123456789012:role/of/${job}", credentialsId: aws-token}}
              - vault:
                  id: vault
                  url: "https://vault.example:8200"
                  namespace: team/web
                  caCertificateFile: /etc/ssl/vault.pem
                  clientCertificate: {certificateFile: /run/tls.crt, privateKey: %1$s-3}
                  mounts: [{path: team/kv, kvVersion: 2}, {path: database}]
                  auth: {certificate: {name: ci, mount: tls}}
              - vault: {id: v1, url: "https://v.example", auth: {token: {token: %1$s-4}}}
              - vault: {id: v2, url: "https://v.example", auth: {appRole: {roleId: r, secretId: %1$s-5, wrapped: true, mount: roles}}}
              - vault: {id: v3, url: "https://v.example", auth: {userPass: {username: u, password: %1$s-6}}}
              - vault: {id: v4, url: "https://v.example", auth: {ldap: {credentialsId: jane}}}
              - vault: {id: v5, url: "https://v.example", auth: {jwt: {role: ci, jwtFile: /run/jwt}}}
              - vault: {id: v6, url: "https://v.example", auth: {kubernetes: {role: ci}}}
              - vault: {id: v7, url: "https://v.example", auth: {awsIam: {role: ci, serverId: vault.example, region: eu-west-1, stsEndpoint: "https://sts.eu-west-1.amazonaws.com"}}}
              - vault: {id: v8, url: "http://127.0.0.1:8100", auth: {agent: {}}}
            credentials:
              - string: {id: token, secret: "ssm:/ci/token", description: "A token", scope: SYSTEM, allowEmpty: true}
              - usernamePassword: {id: login, username: robot, password: "other-account:ci/login#password", allow: [{jobs: [shop/**], branches: [main], changeRequests: false}, {}]}
              - dockerRegistry: {id: docker-hub, registry: "ssm:/ci/docker/registry", username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
              - database: {id: orders-db, from: "sm:prod/orders"}
              - aws: {id: deploy, accessKeyId: "vault:aws/creds/deploy#access_key", secretAccessKey: "vault:aws/creds/deploy#secret_key"}
              - sshKey: {id: git, username: git, privateKey: "sm:ci/git"}
              - certificate: {id: signing, keyStore: "sm:ci/p12", password: "sm:ci/p12-password"}
              - aws: {id: role, region: eu-west-1, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins, durationSeconds: "900", fileOnly: true}}
              - sshKey: {id: signed, username: deploy, vaultSsh: {source: vault, role: ci, mount: ssh, ttl: 30m}}
              - x509ClientCert: {id: docker-tls, clientKey: "sm:tls#key", clientCertificate: "sm:tls#cert", serverCaCertificate: "sm:tls#ca"}
              - gitlabToken: {id: gitlab, token: "sm:ci/gitlab"}
              - githubApp: {id: app, appId: "4711", privateKey: "sm:ci/app", owner: acme, apiUri: "https://github.example/api/v3"}
              - certificate: {id: issued, vaultPki: {source: vault, role: ci, commonName: "${job}.ci.example"}}
              - dockerRegistry: {id: ecr, ecr: {source: sm, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com}}
              - database: {id: orders-ro, engine: postgres, host: db.example, username: ci, ssl: "true", rdsToken: {source: sm, region: eu-west-1}}
              - file: {id: kubeconfig, fileName: kubeconfig, content: "vault:secret/ci#kubeconfig"}
            discovery: {enabled: false}
            metadataCache: "90s"
            folders:
              - {folders: ["payments/**", shared], sources: [vault], roles: ["arn:aws:iam::123456789012:role/payments-*"], addresses: ["https://vault.example:8200", "unix:///run/agent.sock"]}
        """.formatted(CANARY);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "before"));

    @Test
    void exportGivesBackAllThatWasSaid(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(EVERYTHING);
        String exported = exported();
        AwsSecretsConfiguration.get().setCredentials(List.of());
        AwsSecretsConfiguration.get().setSources(List.of());

        Backends.loadWhole("unclassified:\n  awsSecrets:\n" + exported.indent(4));

        assertThat(exported()).isEqualTo(exported).doesNotContain(CANARY);
        assertThat(AwsSecretsConfiguration.get().getSources()).hasSize(14);
        assertThat(AwsSecretsConfiguration.get().getCredentials()).hasSize(16);
        assertThat(exported)
                .contains(
                        "assumeRole",
                        "arn:aws:iam::123456789012:role/second",
                        "stripPrefix",
                        "hideDescription: true",
                        "kubernetes",
                        "90s",
                        "payments/**",
                        "role/payments-*",
                        "unix:///run/agent.sock")
                .contains("perBuild: true", "tags: true", "exactPolicy: true", "credentialsId: \"aws-token\"")
                .contains("role/jenkins/^${folder}", "role/of/^${job}")
                .contains("rdsToken", "ecr:", "role/deployer", "fileOnly: true", "vaultSsh:", "${job}.ci.example")
                .contains("wrapped: true", "scope: \"SYSTEM\"".replace("\"", ""));
        assertThat(AwsSecretsConfiguration.get()
                        .getSources()
                        .get(0)
                        .getAllow()
                        .get(0)
                        .getNames())
                .as("names of the environment in the place of the job's")
                .containsExactly("/ci/*", "/team/${folder}/**", "/job/${job}");
        assertThat(AwsSecretsConfiguration.get().getCredentials().get(1).getAllow())
                .hasSize(2);
        assertThat(tokenOfV1()).isEqualTo(CANARY + "-4");
    }

    public static String tokenOfV1() {
        return AwsSecretsConfiguration.get().getSources().stream()
                .filter(source -> source.getId().equals("v1"))
                .map(source -> (TokenAuth) ((VaultConfiguration) source).getAuth())
                .findFirst()
                .orElseThrow()
                .getToken()
                .getPlainText();
    }

    @Test
    void noSecretIsOnDiskInTheClear(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(EVERYTHING);

        assertThat(filesWith(CANARY)).isEmpty();
        assertThat(filesWith("other-account")).isNotEmpty();
    }

    @Test
    void malformedReferenceIsRefusedWithItsPlaceAndNothingChanges(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(EVERYTHING);

        assertThatThrownBy(() -> Backends.loadWhole("""
            unclassified:
              awsSecrets:
                credentials:
                  - string: {id: fine, secret: "sm:ci/token"}
                  - string:
                      id: bad
                      secret: "sm:ci/token#"
            """))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(
                        "credentials[1].string.secret: position 13: the field is empty. Expected a member")
                .hasMessageContaining(":7");
        assertThat(AwsSecretsConfiguration.get().getCredentials()).hasSize(16);
        assertThat(find("token")).isTrue();
        assertThat(find("fine")).isFalse();
    }

    @Test
    void dryRunChecksAsALoadDoesAndTouchesNothing(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(EVERYTHING);
        Instant changed = Catalog.get().changed();
        String before = exported();
        String fine = """
            unclassified:
              awsSecrets:
                sources: []
                credentials:
                  - string: {id: other, secret: "sm:ci/other"}
            """;

        assertThatThrownBy(
                        () -> dryRun(fine + "      - string:\n          id: bad\n          secret: \"sm:ci/token#\"\n"))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(
                        "credentials[1].string.secret: position 13: the field is empty. Expected a member")
                .hasMessageContaining(":8");
        assertThatThrownBy(() -> dryRun("unclassified: {awsSecrets: {sources: [{ssm: {region: 'eu west'}}]}}"))
                .hasMessageContaining("sources[0].ssm.region: not a valid region");
        assertThatThrownBy(() -> dryRun("unclassified: {awsSecrets: {sources: []}}"))
                .as("a source of which credentials are left")
                .hasMessageContaining("credentials[1].usernamePassword.password: position 1: no source of that id");
        assertThat(dryRun(fine)).isEmpty();
        assertThat(exported()).isEqualTo(before);
        assertThat(Catalog.get().changed()).isEqualTo(changed);
        assertThat(find("other")).isFalse();
    }

    @Test
    void dryRunOverTheWebIsRefusedWithThePlaceAndNotTheText(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl("configuration-as-code/check"), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/yaml");
        request.setRequestBody(
                "unclassified: {awsSecrets: {credentials: [{string: {id: a, secret: '" + CANARY + "'}}]}}");

        WebResponse answer = client.loadWebResponse(request);

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString())
                .contains("credentials[0].string.secret: position 14: ")
                .doesNotContain(CANARY);
        assertThat(AwsSecretsConfiguration.get().getCredentials()).isEmpty();
    }

    private static Map<?, ?> dryRun(String yaml) throws Exception {
        return ConfigurationAsCode.get()
                .checkWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void everySettingIsChecked(JenkinsRule jenkins) {
        assertRefused("sources: [{ssm: {region: 'eu west'}}]", "sources[0].ssm.region: not a valid region");
        assertRefused("sources: [{ssm: {id: '1a'}}]", "sources[0].ssm.id: not a valid source id");
        assertRefused("sources: [{ssm: {}}, {ssm: {}}]", "sources[1].ssm.id: an earlier source has the same id");
        assertRefused("sources: [{ssm: {endpoint: 'ftp://a'}}]", "sources[0].ssm.endpoint: not a valid URL");
        assertRefused(
                "sources: [{ssm: {endpoint: 'https://a', fips: true}}]", "sources[0].ssm.fips: a custom endpoint");
        assertRefused(
                "sources: [{ssm: {profile: a, credentialsId: b}}]", "sources[0].ssm: several authentication methods");
        assertRefused("sources: [{ssm: {accessKeyId: a}}]", "sources[0].ssm.secretAccessKey: half of an access key");
        assertRefused(
                "sources: [{ssm: {assumeRole: {roleArn: 'role/ci'}}}]",
                "sources[0].ssm.assumeRole[0].roleArn: not the ARN of a role");
        assertRefused(
                "sources: [{ssm: {assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/ci', durationSeconds: 60}}}]",
                "sources[0].ssm.assumeRole[0].durationSeconds");
        assertRefused("sources: [{ssm: {filter: {namePrefix: a}}}]", "sources[0].ssm.filter.namePrefix");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {agent: {}}, mounts: [{path: kv, kvVersion: 3}]}}]",
                "sources[0].vault.mounts[0].kvVersion: no version of the KV engine");
        assertRefused("sources: [{vault: {url: 'https://v/v1'}}]", "sources[0].vault.url: it ends with /v1");
        assertRefused(
                "sources: [{vault: {url: 'https://u:p@v'}}]", "sources[0].vault.url: the address contains a user");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {userPass: {username: a}}}}]",
                "sources[0].vault.auth.userPass.password: it is missing");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {certificate: {}}}}]",
                "sources[0].vault.clientCertificate: the authentication method TLS certificate needs it");
        assertRefused(
                "credentials: [{string: {id: 'a b', secret: 'sm:a'}}]", "credentials[0].string.id: the id is empty or");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'nowhere:a'}}]",
                "credentials[0].string.secret: position 1: no source of that id. Expected one of sm, ssm, vault");
        assertRefused(
                "credentials: [{usernamePassword: {id: a, username: u}}]",
                "credentials[0].usernamePassword: the field password is missing");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'sm:a'}}, {string: {id: a, secret: 'sm:b'}}]",
                "credentials[1].string.id: an earlier credential has the same id");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'sm:a'}}, {string: {id: b, secret: 'sm:b', allow: []}}]",
                "credentials[1].string.allow: the list is empty");
        assertRefused("metadataCache: soon", "metadataCache: not a valid duration");
    }

    @Test
    void savingTakesEffectAtOnce(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: first, secret: 'sm:ci/token'}}]\n");
        assertThat(find("first")).isTrue();
        Object before = Catalog.get().in(jenkins.jenkins).source("sm").orElseThrow();

        Backends.loadWhole("unclassified:\n  awsSecrets:\n"
                + (backends.sources().replaceFirst("id: sm,", "id: sm, filter: {namePrefix: ci/},")
                                + "credentials: [{string: {id: second, secret: 'sm:ci/token'}}]\n")
                        .indent(4));

        assertThat(find("first")).isFalse();
        assertThat(find("second")).isTrue();
        assertThat(Catalog.get().in(jenkins.jenkins).source("sm").orElseThrow()).isNotSameAs(before);
    }

    private static void assertRefused(String yaml, String why) {
        assertThatThrownBy(() -> Backends.loadWhole("unclassified:\n  awsSecrets:\n" + yaml.indent(4)))
                .as(yaml)
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(why);
        assertThat(AwsSecretsConfiguration.get().getSources()).isEmpty();
        assertThat(AwsSecretsConfiguration.get().getCredentials()).isEmpty();
    }

    private static boolean find(String id) {
        return Catalog.get()
                .in(Jenkins.get())
                .find(id, Duration.ofSeconds(20))
                .filter(entry -> !entry.discovered())
                .isPresent();
    }

    /** {@code awsSecrets} as the plugin "Configuration as Code" exports it. */
    public static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode node = new DescriptorConfigurator(AwsSecretsConfiguration.get())
                .describe(AwsSecretsConfiguration.get(), context);
        java.io.StringWriter out = new java.io.StringWriter();
        ConfigurationAsCode.serializeYamlNode(ConfigurationAsCode.get().toYaml(node), out);
        return out.toString();
    }

    public static List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(Jenkins.get().getRootDir().toPath())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/plugins/")
                            && !file.toString().contains("/war/"))
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
