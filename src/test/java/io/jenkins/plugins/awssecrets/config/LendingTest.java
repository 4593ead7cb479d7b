package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Items;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.config.authentication.AgentAuth;
import io.jenkins.plugins.awssecrets.config.authentication.AssumeRoleConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.authentication.VaultAuth;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What of the controller a folder may use: what was lent, as long as it is lent and the folder is where it was lent to. */
@ExtendWith(SharedJenkins.class)
class LendingTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/payments-ci";

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager:
          - {name: ci/token, string: canary-lent}
        vault:
          rootToken: hvs.root
          mounts:
            - {path: secret, secrets: [{path: ci, data: {token: canary-vault}}]}
        """));

    private static JenkinsRule jenkins;
    private Folder payments;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void make() throws Exception {
        payments = jenkins.createProject(Folder.class, "payments");
    }

    @AfterEach
    void drop() throws Exception {
        SharedJenkins.clear(jenkins);
    }

    @Test
    void addressOfTheControllerIsForThoseItWasLentTo() throws Exception {
        Backends.lend("[]");
        FolderSources.declare(payments, vault(token()));
        assertRefused(payments, "an address without TLS");

        Backends.lend("[{folders: ['other/**'], addresses: ['%s']}]".formatted(url()));
        assertRefused(payments, "an address without TLS");

        Backends.lend("[{folders: ['payments/**'], addresses: ['%s']}]".formatted(url()));
        assertThat(read(payments)).isEqualTo("canary-vault");

        Backends.lend("[]");
        assertRefused(payments, "an address without TLS");
    }

    @Test
    void loanFollowsNeitherAMoveNorACopy() throws Exception {
        Backends.lend("[{folders: ['payments/**'], addresses: ['%s']}]".formatted(url()));
        FolderSources.declare(payments, vault(token()));
        Folder within = payments.createProject(Folder.class, "within");
        FolderSources.declare(within, vault(token()));
        Folder elsewhere = jenkins.createProject(Folder.class, "elsewhere");
        assertThat(read(payments)).isEqualTo("canary-vault");
        assertThat(read(within)).isEqualTo("canary-vault");

        assertRefused(
                (Folder) jenkins.jenkins.copy((hudson.model.TopLevelItem) payments, "copy"), "an address without TLS");
        Items.move(within, elsewhere);
        assertRefused(within, "an address without TLS");
        payments.renameTo("renamed");
        assertRefused(payments, "an address without TLS");
    }

    @Test
    void agentIsOnlyForThoseItsAddressWasLentTo() throws Exception {
        Backends.lend("[]");
        FolderSources.declare(payments, vault(new AgentAuth()));

        assertRefused(payments, "the token of a Vault Agent or Proxy");
    }

    @Test
    void roleIsTakenWithTheControllersIdentityWhereItWasLent() throws Exception {
        String addresses = "addresses: ['%s', '%s']"
                .formatted(
                        backends.running().secretsManager(), backends.running().sts());
        SecretsManagerConfiguration source = new SecretsManagerConfiguration("own");
        source.setRegion("eu-west-1");
        source.setEndpoint(backends.running().secretsManager().toString());
        source.setStsEndpoint(backends.running().sts().toString());
        source.setAssumeRole(List.of(new AssumeRoleConfiguration(ROLE)));
        FolderSources.declare(payments, source);

        Backends.lend("[{folders: [payments], %s}]".formatted(addresses));
        assertRefused(payments, "own:ci/token", "the default AWS credentials chain");
        Backends.lend(
                "[{folders: [payments], roles: ['arn:aws:iam::123456789012:role/shop-*'], %s}]".formatted(addresses));
        assertRefused(payments, "own:ci/token", "the default AWS credentials chain");
        Backends.lend("[{folders: [payments], roles: ['arn:aws:iam::123456789012:role/payments-*']}]");
        assertRefused(payments, "own:ci/token", "the default AWS credentials chain");

        Backends.lend("[{folders: [payments], roles: ['arn:aws:iam::123456789012:role/payments-*'], %s}]"
                .formatted(addresses));
        assertThat(read(payments, "own:ci/token")).isEqualTo("canary-lent");
    }

    @Test
    void typedKeysNeedNoLoanButTheAddress() throws Exception {
        Backends.lend("[{folders: [payments], addresses: ['%s']}]"
                .formatted(backends.running().secretsManager()));
        SecretsManagerConfiguration source = new SecretsManagerConfiguration("own");
        source.setEndpoint(backends.running().secretsManager().toString());
        source.setAccessKeyId("demo");
        source.setSecretAccessKey(Secret.fromString("demo"));
        FolderSources.declare(payments, source);
        assertRefused(payments, "own:ci/token", "the controller's AWS region");

        source.setRegion("eu-west-1");
        FolderSources.declare(payments, source);
        assertThat(read(payments, "own:ci/token")).isEqualTo("canary-lent");
    }

    @Test
    void credentialOfAFolderTakesFromASourceOfJenkinsThatWasLentToIt() throws Exception {
        StringCredential credential = new StringCredential("token");
        credential.setSecret("sm:ci/token");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setCredentials(List.of(credential));
        payments.addProperty(property);
        Requester job = Requester.ofJob("payments/job");

        Backends.lend("[{folders: [shop], sources: [sm]}, {folders: [payments], sources: [ssm]}]");
        assertThat(SecretAccess.to(declared(), job).allows()).isFalse();
        Backends.lend("[{folders: ['payments/**'], sources: [sm]}]");
        assertThat(SecretAccess.to(declared(), job).allows()).isTrue();
        assertThat(SecretAccess.direct(Catalog.get().in(payments), Reference.parse("sm:ci/token"), job)
                        .allows())
                .as("a reference in a Jenkinsfile")
                .isFalse();
    }

    private CatalogEntry declared() {
        return Catalog.get().in(payments).find("token", Duration.ZERO).orElseThrow();
    }

    @Test
    void administratorsAreWarnedOfWhatIsRefused() throws Exception {
        Backends.lend("[]");
        FolderSources.declare(payments, vault(token()));
        SourceWarnings monitor = ExtensionList.lookupSingleton(SourceWarnings.class);
        Instant end = Instant.now().plusSeconds(60);
        while (!monitor.isActivated() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertThat(monitor.getWarnings()).singleElement().satisfies(warning -> {
            assertThat(warning.place()).isEqualTo("payments");
            assertThat(warning.source()).isEqualTo("own");
            assertThat(warning.refused()).isTrue();
        });
        assertThat(jenkins.createWebClient().goTo("manage").asNormalizedText())
                .contains("Source own of the folder payments")
                .contains("belongs to the controller");
    }

    @Test
    void addressWithoutTlsIsAWarningUnlessItIsLoopback() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - vault: {id: far, url: "http://192.0.2.1:8200", auth: {token: {token: t}}}
                  - vault: {id: near, url: "http://127.0.0.1:8200", auth: {token: {token: t}}}
                credentials: []
                discovery: {enabled: false}
                folders: []
            """);
        SourceWarnings monitor = ExtensionList.lookupSingleton(SourceWarnings.class);
        Instant end = Instant.now().plusSeconds(60);
        while (!(monitor.isActivated()
                        && monitor.getWarnings().stream()
                                .anyMatch(warning -> warning.source().equals("far")))
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertThat(monitor.getWarnings()).singleElement().satisfies(warning -> {
            assertThat(warning.place()).isEmpty();
            assertThat(warning.source()).isEqualTo("far");
            assertThat(warning.refused()).isFalse();
            assertThat(warning.reason()).contains("has no TLS");
        });
    }

    @Test
    void whatIsLentIsChecked() {
        assertThatThrownBy(() -> Backends.lend("[{sources: [sm]}]")).hasMessageContaining("folders[0].folders");
        assertThatThrownBy(() -> Backends.lend("[{folders: [a], addresses: ['ftp://x']}]"))
                .hasMessageContaining("folders[0].addresses[0]");
        assertThatThrownBy(() -> Backends.lend("[{folders: [a], roles: ['a***b']}]"))
                .hasMessageContaining("folders[0].roles[0]");
    }

    @Test
    void yamlOfThePageOnSecurityLoads() throws Exception {
        String page = Files.readString(Path.of("docs/security.md"));
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(1);
        for (String block : blocks) {
            Backends.load(block);
        }
        assertThat(AwsSecretsConfiguration.get().getFolders()).hasSize(1);
        assertThat(AwsSecretsConfiguration.get().isDefaultSources()).isFalse();
        AwsSecretsConfiguration.get().setDefaultSources(true);
    }

    @Test
    void defaultSourcesCanBeSwitchedOff() throws Exception {
        Backends.load("unclassified: {awsSecrets: {sources: [], credentials: [], defaultSources: false}}");
        assertThat(Catalog.get().in(jenkins.jenkins).kinds()).isEmpty();
        assertThat(Catalog.get().in(payments).kinds()).isEmpty();
        assertThatThrownBy(() ->
                        Backends.load("unclassified: {awsSecrets: {credentials: [{string: {id: a, secret: 'sm:a'}}]}}"))
                .hasMessageContaining("credentials[0].string.secret");

        Backends.load("unclassified: {awsSecrets: {defaultSources: true}}");
        assertThat(Catalog.get().in(payments).kinds()).containsOnlyKeys("ssm", "sm", "vault");
    }

    private String url() {
        return backends.running().vault().toString();
    }

    private VaultConfiguration vault(VaultAuth auth) {
        VaultConfiguration source = new VaultConfiguration("own");
        source.setUrl(url());
        source.setAuth(auth);
        return source;
    }

    private static TokenAuth token() {
        TokenAuth auth = new TokenAuth();
        auth.setToken(Secret.fromString("hvs.root"));
        return auth;
    }

    private static void assertRefused(Folder folder, String what) {
        assertRefused(folder, "own:secret/ci#token", what);
    }

    private static void assertRefused(Folder folder, String reference, String what) {
        assertThatThrownBy(() -> read(folder, reference))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("a folder may not use " + what);
    }

    private static String read(Folder folder) {
        return read(folder, "own:secret/ci#token");
    }

    private static String read(Folder folder, String text) {
        Reference reference = Reference.parse(text);
        return Catalog.get()
                .in(folder)
                .resolver()
                .resolve(List.of(reference), Deadline.in(Duration.ofSeconds(20)))
                .value(reference, false, false)
                .reveal();
    }
}
