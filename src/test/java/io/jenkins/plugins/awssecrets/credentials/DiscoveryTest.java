package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Secrets that are credentials by their tags. The first tests are what the users of the AWS Secrets Manager Credentials
 * Provider have: the same secrets give the same ids, kinds and values.
 */
@WithJenkins
class DiscoveryTest {
    private static final byte[] CONTENT = {1, 2, 3, 4};
    private static final String KEY = TestKeys.traditional(TestKeys.rsa());

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse(
            """
            ssm:
              - {name: /ci/token, type: SecureString, value: canary-ssm, description: of Parameter Store, tags: {"jenkins:credentials:type": string}}
              - {name: /ci/login, type: SecureString, value: canary-login, tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": sue}}
              - {name: /ci/untagged, value: nothing}
            secretsManager:
              - {name: text, string: supersecret, description: foo bar, tags: {"jenkins:credentials:type": string, foo: bar, product: foo}}
              - {name: other, string: supersecret, tags: {"jenkins:credentials:type": string, product: bar}}
              - {name: staging-foo, string: prefixed, tags: {"jenkins:credentials:type": string}}
              - {name: untagged, string: supersecret}
              - {name: deleted, string: supersecret, deleted: "2026-11-01T00:00:00Z", tags: {"jenkins:credentials:type": string}}
              - {name: odd, string: supersecret, tags: {"jenkins:credentials:type": nonsense}}
              - {name: login, string: supersecret, tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": joe}}
              - {name: nameless, string: supersecret, tags: {"jenkins:credentials:type": usernamePassword}}
              - {name: key, string: "%s", tags: {"jenkins:credentials:type": sshUserPrivateKey, "jenkins:credentials:username": joe}}
              - {name: cert, binary: "%s", tags: {"jenkins:credentials:type": certificate}}
              - {name: badcert, binary: "AAE=", tags: {"jenkins:credentials:type": certificate}}
              - {name: dir/file, binary: "%s", tags: {"jenkins:credentials:type": file}}
              - {name: named, binary: "%s", tags: {"jenkins:credentials:type": file, "jenkins:credentials:filename": hello.txt}}
              - {name: ours/docker, json: {username: d, password: canary-docker}, tags: {"jenkins:credentials:type": dockerRegistry, "jenkins:credentials:registry": registry.example}}
              - {name: ours/db, json: {engine: mysql, host: h, username: u, password: canary-db}, tags: {"jenkins:credentials:type": database}}
            vault:
              mounts:
                - path: secret
                  secrets:
                    - {path: ci/login, data: {username: vic, password: canary-vault}, metadata: {"jenkins:credentials:type": usernamePassword}}
                    - {path: ci/token, data: {value: canary-vt}, metadata: {"jenkins:credentials:type": string}}
            """.formatted(KEY.replace("\n", "\\n"), base64(KeyStores.pkcs12("")), base64(CONTENT), base64(CONTENT))));

    @Test
    void secretsOfTheExistingProviderGiveTheSameCredentials(JenkinsRule jenkins) throws Exception {
        backends.configure("");

        assertThat(find(jenkins, StringCredentials.class, "text").getSecret().getPlainText())
                .isEqualTo("supersecret");
        assertThat(find(jenkins, StringCredentials.class, "text").getDescription())
                .isEqualTo("foo bar");
        StandardUsernamePasswordCredentials login = find(jenkins, StandardUsernamePasswordCredentials.class, "login");
        assertThat(login.getUsername()).isEqualTo("joe");
        assertThat(login.getPassword().getPlainText()).isEqualTo("supersecret");
        assertThat(find(jenkins, StandardUsernamePasswordCredentials.class, "nameless")
                        .getUsername())
                .isEmpty();
        SSHUserPrivateKey key = find(jenkins, SSHUserPrivateKey.class, "key");
        assertThat(key.getUsername()).isEqualTo("joe");
        assertThat(key.getPrivateKeys()).containsExactly(KEY);
        assertThat(key.getPassphrase().getPlainText()).isEmpty();
        StandardCertificateCredentials cert = find(jenkins, StandardCertificateCredentials.class, "cert");
        assertThat(cert.getPassword().getPlainText()).isEmpty();
        assertThat(cert.getKeyStore().getCertificate("deploy")).isNotNull();
        FileCredentials file = find(jenkins, FileCredentials.class, "dir/file");
        assertThat(file.getFileName()).isEqualTo("dir/file");
        assertThat(file.getContent()).hasBinaryContent(CONTENT);
        assertThat(find(jenkins, FileCredentials.class, "named").getFileName()).isEqualTo("hello.txt");
    }

    /** As those who never configured the existing provider: AWS' default chain says where and who. */
    @Test
    void secretsOfTheExistingProviderAreThereWithoutAnyConfiguration(JenkinsRule jenkins) throws Exception {
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty(
                "aws.endpointUrlSecretsManager",
                backends.running().secretsManager().toString());
        try {
            assertThat(find(jenkins, StringCredentials.class, "text")
                            .getSecret()
                            .getPlainText())
                    .isEqualTo("supersecret");
            assertThat(find(jenkins, StandardUsernamePasswordCredentials.class, "login")
                            .getUsername())
                    .isEqualTo("joe");
            assertThat(ids(jenkins))
                    .contains("text", "login", "nameless", "key", "cert", "dir/file", "named")
                    .doesNotContain("untagged", "deleted", "odd", "/ci/token");
        } finally {
            System.clearProperty("aws.region");
            System.clearProperty("aws.endpointUrlSecretsManager");
        }
    }

    @Test
    void untaggedDeletedAndMistaggedSecretsAreNoCredentials(JenkinsRule jenkins) throws Exception {
        backends.configure("");

        assertThat(ids(jenkins)).contains("text", "login").doesNotContain("untagged", "deleted", "odd", "/ci/untagged");
    }

    @Test
    void malformedKeyStoreIsToldByItsGetter(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        StandardCertificateCredentials bad = find(jenkins, StandardCertificateCredentials.class, "badcert");

        assertThatThrownBy(bad::getKeyStore)
                .isInstanceOf(CredentialsUnavailableException.class)
                .hasMessageContaining("badcert")
                .hasMessageContaining("PKCS#12");
    }

    @Test
    void iconsAreThoseOfJenkinsOwnCredentials(JenkinsRule jenkins) throws Exception {
        backends.configure("");

        assertThat(Stream.of("text", "login", "key", "cert").map(id -> find(jenkins, StandardCredentials.class, id)
                        .getDescriptor()
                        .getIconClassName()))
                .containsExactly(
                        "symbol-details", "symbol-id-card", "symbol-fingerprint", "icon-application-certificate");
    }

    /** Vault is listed from a folder on: its mounts are not all for everybody. */
    private void configureAll() throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + backends.sources()
                        .replaceFirst("(- vault: \\{)", "$1filter: {pathPrefix: secret/ci}, ")
                        .indent(4));
    }

    @Test
    void tagsWorkInAllSourcesAndForOurOwnKinds(JenkinsRule jenkins) throws Exception {
        configureAll();

        assertThat(find(jenkins, StringCredentials.class, "/ci/token")
                        .getSecret()
                        .getPlainText())
                .isEqualTo("canary-ssm");
        assertThat(find(jenkins, StringCredentials.class, "/ci/token").getDescription())
                .isEqualTo("of Parameter Store");
        assertThat(find(jenkins, StandardUsernamePasswordCredentials.class, "/ci/login")
                        .getUsername())
                .isEqualTo("sue");
        StandardUsernamePasswordCredentials vault =
                find(jenkins, StandardUsernamePasswordCredentials.class, "secret/ci/login");
        assertThat(vault.getUsername()).isEqualTo("vic");
        assertThat(vault.getPassword().getPlainText()).isEqualTo("canary-vault");
        assertThat(find(jenkins, StringCredentials.class, "secret/ci/token")
                        .getSecret()
                        .getPlainText())
                .isEqualTo("canary-vt");
        assertThat(find(jenkins, StandardUsernamePasswordCredentials.class, "ours/docker")
                        .getPassword()
                        .getPlainText())
                .isEqualTo("canary-docker");
        assertThat(find(jenkins, StandardUsernamePasswordCredentials.class, "ours/db")
                        .getUsername())
                .isEqualTo("u");
    }

    @Test
    void filtersNarrowAndPrefixesAreStripped(JenkinsRule jenkins) throws Exception {
        configureFilters("{tags: [{key: product, value: foo}]}", "{pathPrefix: /ci/, stripPrefix: /ci/}");
        assertThat(ids(jenkins)).containsExactlyInAnyOrder("text", "token", "login");

        configureFilters("{namePrefix: staging-, stripPrefix: staging-}", "{pathPrefix: /none/}");
        assertThat(ids(jenkins)).containsExactly("foo");
        assertThat(find(jenkins, StringCredentials.class, "foo").getSecret().getPlainText())
                .isEqualTo("prefixed");

        configureFilters(
                "{namePrefix: 'staging-, text', stripPrefix: 'staging-, none', hideDescription: true}",
                "{pathPrefix: /none/}");
        assertThat(ids(jenkins)).containsExactlyInAnyOrder("foo", "text");
        assertThat(find(jenkins, StringCredentials.class, "text").getDescription())
                .isEmpty();
    }

    @Test
    void idsOfPathsHaveNoSlashAndTheNameIsAcceptedToo(JenkinsRule jenkins) throws Exception {
        configureAll();

        assertThat(ids(jenkins))
                .contains("ci-token", "ci-login", "secret-ci-login", "secret-ci-token")
                // Of Secrets Manager, whose names are ids for those who come from its own provider.
                .contains("ours/docker")
                .doesNotContain("/ci/token", "secret/ci/token");
        for (String id : List.of("ci-token", "/ci/token")) {
            StringCredentials found = find(jenkins, StringCredentials.class, id);
            assertThat(found.getId()).isEqualTo(id);
            assertThat(found.getSecret().getPlainText()).isEqualTo("canary-ssm");
        }
        jenkins.createWebClient().goTo("manage/credentials/store/awssecrets/domain/_/credential/ci-token/");

        configureFilters("{replaceSlashes: true}", "{replaceSlashes: false}");
        assertThat(ids(jenkins)).contains("ours-docker", "/ci/token").doesNotContain("ours/docker", "ci-token");
    }

    @Test
    void discoveredCredentialsWorkInBindingsAndEnvironments(JenkinsRule jenkins) throws Exception {
        configureAll();

        WorkflowRun build = BuildUseTest.run(jenkins, """
            pipeline {
                agent any
                environment {
                    VAR = credentials('text')
                    FOO = credentials('login')
                    KEY = credentials('key')
                    BIN = credentials('named')
                }
                stages { stage('use') { steps {
                    echo "{variable: $VAR, both: $FOO, user: $FOO_USR, password: $FOO_PSW, key: $KEY, keyuser: $KEY_USR, file: $BIN}"
                    withCredentials([certificate(credentialsId: 'cert', keystoreVariable: 'KEYSTORE')]) { echo "{keystore: $KEYSTORE}" }
                    withCredentials([usernamePassword(credentialsId: 'secret/ci/login', usernameVariable: 'U', passwordVariable: 'P')]) { echo "{$U, $P}" }
                } } }
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        // The usernames of the first two are in tags, that of the last one is in the secret.
        assertThat(JenkinsRule.getLog(build))
                .contains("{variable: ****, both: joe:****, user: joe, password: ****, key: ****, keyuser: joe, file:"
                        + " ****}")
                .doesNotContain("supersecret")
                .contains("{keystore: ****}", "{****, ****}");
    }

    private void configureFilters(String secretsManager, String ssm) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s", filter: %s}
                  - ssm: {id: ssm, region: eu-west-1, endpoint: "%s", filter: %s}
            """.formatted(
                        backends.running().secretsManager(),
                        secretsManager,
                        backends.running().ssm(),
                        ssm));
    }

    private static List<String> ids(JenkinsRule jenkins) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                .stream()
                .map(IdCredentials::getId)
                .toList();
    }

    private static <C extends StandardCredentials> C find(JenkinsRule jenkins, Class<C> type, String id) {
        C found = CredentialsProvider.findCredentialByIdInItemGroup(id, type, jenkins.jenkins, ACL.SYSTEM2, List.of());
        assertThat(found).as(id).isNotNull();
        return found;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
