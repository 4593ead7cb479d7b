package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.dabsquared.gitlabjenkins.connection.GitLabApiToken;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.Items;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.github_branch_source.GitHubAppCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The kinds that are credentials of docker-commons, gitlab-plugin and github-branch-source. */
@WithJenkins
class KindsOfOtherPluginsTest {
    private static final KeyPair KEY = TestKeys.rsa();
    private static final KeyPair CA = TestKeys.rsa();
    private static final String ROOT = TestKeys.pem(TestKeys.certificate(CA, "root", CA, "root"));
    private static final String CLIENT = TestKeys.pem(TestKeys.certificate(KEY, "client", CA, "root"));
    private static final String GITLAB = "glpat-canary-5b20c4d87a1e";

    private static final String DOCKER = "{key: %s, cert: %s, ca: %s}"
            .formatted(text(TestKeys.traditional(KEY).replace("\n", "\r\n")), text(CLIENT), text(ROOT));

    static final String DECLARED = """
        credentials:
          - x509ClientCert: {id: docker-tls, description: of the daemon, from: "sm:ci/docker"}
          - gitlabToken: {id: gitlab, token: "sm:ci/gitlab"}
          - githubApp: {id: app, appId: "4711", owner: acme, privateKey: "sm:ci/app", apiUri: "@API@"}
        """;

    private static final String USE = """
        withCredentials([dockerCert(credentialsId: 'docker-tls', variable: 'D')]) {
            sh 'cat "$D/key.pem" "$D/cert.pem" "$D/ca.pem" | sha256sum'
        }
        withCredentials([gitlabApiToken(credentialsId: 'gitlab', variable: 'T')]) { sh 'printf %s "$T" | sha256sum' }
        withCredentials([usernamePassword(credentialsId: 'app', usernameVariable: 'U', passwordVariable: 'P')]) {
            sh 'printf %s "$U:$P" | sha256sum'
        }
        """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager:
          - {name: ci/docker, json: %1$s}
          - {name: ci/gitlab, string: %2$s}
          - {name: ci/app, string: %3$s}
          - {name: found/docker, json: %1$s, tags: {"jenkins:credentials:type": x509ClientCert}}
          - {name: found/gitlab, string: %2$s, tags: {"jenkins:credentials:type": gitlabToken}}
          - {name: found/app, string: %3$s, tags: {"jenkins:credentials:type": githubApp, "jenkins:credentials:appid": "4711", "jenkins:credentials:owner": acme}}
        """.formatted(DOCKER, GITLAB, text(TestKeys.traditional(KEY)))));

    private GitHubStub github;

    @BeforeEach
    void start() throws Exception {
        github = new GitHubStub(KEY.getPublic());
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void theirBindingsWorkOnTheControllerAndOnAnAgent(JenkinsRule jenkins) throws Exception {
        configure();
        DumbSlave agent = jenkins.createOnlineSlave();

        for (String node : List.of("built-in", agent.getNodeName())) {
            WorkflowRun build = BuildUseTest.run(jenkins, "node('" + node + "') {\n" + USE + "}");

            jenkins.assertBuildStatus(Result.SUCCESS, build);
            assertThat(JenkinsRule.getLog(build))
                    .contains(
                            digest(TestKeys.pkcs8(KEY) + CLIENT + ROOT),
                            digest(GITLAB),
                            digest("4711:" + GitHubStub.TOKEN))
                    .doesNotContain("canary");
        }
    }

    @Test
    void aBlockHasThemInVariablesAndFiles(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = BuildUseTest.run(jenkins, """
            node {
                withAwsSecrets([x509ClientCert('docker-tls'), gitlabToken(credentialsId: 'gitlab', variable: 'GITLAB'), githubApp('app')]) {
                    sh 'cat "$DOCKER_CERT_PATH/key.pem" "$DOCKER_CERT_PATH/cert.pem" "$DOCKER_CERT_PATH/ca.pem" | sha256sum'
                    sh 'printf %s "$GITLAB" | sha256sum; echo $GITLAB'
                    sh 'printf %s "$GITHUB_TOKEN" | sha256sum; echo "app $GITHUB_ID of $GITHUB_OWNER, tls $DOCKER_TLS_VERIFY, $GITHUB_TOKEN."'
                    sh 'echo "keys $(grep -rl "PRIVATE KEY" "$WORKSPACE@tmp" | grep -vc durable) and no file: $GITHUB_PRIVATE_KEY_FILE."'
                    sh 'cat "$DOCKER_CERT_PATH/key.pem"'
                }
                sh 'ls "$WORKSPACE@tmp"'
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .contains(
                        digest(TestKeys.pkcs8(KEY) + CLIENT + ROOT),
                        digest(GITLAB),
                        digest(GitHubStub.TOKEN),
                        "app 4711 of acme, tls 1, ****.",
                        "keys 1 and no file: .")
                .doesNotContain("canary")
                .doesNotContain(TestKeys.pkcs8(KEY).lines().skip(3).findFirst().orElseThrow());
    }

    @Test
    void aBlockThatAsksForTheKeyHasItAndNoToken(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = BuildUseTest.run(jenkins, """
            node {
                withAwsSecrets([githubApp(credentialsId: 'app', prefix: 'APP', privateKeyFile: true)]) {
                    sh 'sha256sum < "$APP_PRIVATE_KEY_FILE"; echo "no token: $APP_TOKEN."; cat "$APP_PRIVATE_KEY_FILE"'
                }
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .contains(digest(TestKeys.pkcs8(KEY)), "no token: .")
                .doesNotContain(TestKeys.pkcs8(KEY).lines().skip(3).findFirst().orElseThrow());
        assertThat(github.requests()).as("requests to GitHub").isZero();
    }

    @Test
    void aBlockWhoseAppGitHubDoesNotKnowFailsWithTheReason(JenkinsRule jenkins) throws Exception {
        backends.configure(
                DECLARED.replace("@API@", github.address().toString()).replace("4711", "4712"));

        WorkflowRun build = BuildUseTest.run(jenkins, "withAwsSecrets([githubApp('app')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("githubApp 'app': GitHub gave no installation token (Couldn't authenticate with GitHub app ID"
                        + " 4712). Check appId")
                .doesNotContain("inside", "\tat ");
    }

    @Test
    void whatGitHubAnswersIsInNoLog(JenkinsRule jenkins) throws Exception {
        configure();
        github.breaks();

        WorkflowRun build = BuildUseTest.run(jenkins, "withAwsSecrets([githubApp('app')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("githubApp 'app': GitHub gave no installation token (")
                .doesNotContain("inside", "canary", "\tat ");
    }

    @Test
    void aVariableOfATokenThatIsNotBoundIsFree(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = BuildUseTest.run(
                jenkins,
                "node { withAwsSecrets([githubApp(credentialsId: 'app', privateKeyFile: true),"
                        + " gitlabToken(credentialsId: 'gitlab', variable: 'GITHUB_TOKEN')]) { echo 'both' } }");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
    }

    @Test
    void tagsMakeThemCredentialsOfTheirPlugins(JenkinsRule jenkins) throws Exception {
        configure();

        DockerServerCredentials docker = find(jenkins, DockerServerCredentials.class, "found/docker");
        assertThat(docker.getClientKeySecret().getPlainText()).isEqualTo(TestKeys.pkcs8(KEY));
        assertThat(docker.getClientCertificate()).isEqualTo(CLIENT);
        assertThat(docker.getServerCaCertificate()).isEqualTo(ROOT);
        assertThat(find(jenkins, GitLabApiToken.class, "found/gitlab")
                        .getApiToken()
                        .getPlainText())
                .isEqualTo(GITLAB);
        GitHubAppCredentials app = find(jenkins, GitHubAppCredentials.class, "found/app");
        assertThat(app.getAppID()).isEqualTo("4711");
        assertThat(app.getUsername()).isEqualTo("4711");
        assertThat(app.getPrivateKey().getPlainText()).isEqualTo(TestKeys.pkcs8(KEY));
        assertThat(app.getApiUri()).isNull();
    }

    @Test
    void theirNamesNeedNoValue(JenkinsRule jenkins) throws Exception {
        configure();

        assertThat(CredentialsNameProvider.name(find(jenkins, StandardCredentials.class, "docker-tls")))
                .isEqualTo("of the daemon");
        assertThat(CredentialsNameProvider.name(find(jenkins, StandardCredentials.class, "gitlab")))
                .isEqualTo("gitlab");
        assertThat(CredentialsNameProvider.name(find(jenkins, StandardCredentials.class, "app")))
                .isEqualTo("app");
        assertThat(backends.running().requests().all())
                .noneMatch(request -> request.toString().contains("GetSecretValue"));
    }

    @Test
    void whatIsWrittenHoldsNoValueAndReadsBackWithout(JenkinsRule jenkins) throws Exception {
        configure();
        for (String id : List.of("docker-tls", "gitlab", "app")) {
            StandardCredentials live = find(jenkins, StandardCredentials.class, id);
            use(live);

            String xml = Items.XSTREAM2.toXML(live);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(stream)) {
                out.writeObject(live);
            }

            String secret = TestKeys.pkcs8(KEY).lines().skip(3).findFirst().orElseThrow();
            assertThat(xml).contains(id).doesNotContain("canary", secret, "4711");
            assertThat(stream.toString(ISO_8859_1)).contains(id).doesNotContain("canary", secret, "4711");
            StandardCredentials back =
                    (StandardCredentials) Items.XSTREAM2.fromXML(new ByteArrayInputStream(xml.getBytes(UTF_8)));
            assertThat(back).isEqualTo(live);
            assertThatThrownBy(() -> use(back))
                    .as(id)
                    .isInstanceOf(CredentialsUnavailableException.class)
                    .hasMessageContaining("stored copy");
        }
    }

    @Test
    void anAgentGetsValuesBySnapshotAndNeverTheKeyOfAnApp(JenkinsRule jenkins) throws Exception {
        configure();
        DumbSlave agent = jenkins.createOnlineSlave();
        DockerServerCredentials docker =
                CredentialsProvider.snapshot(find(jenkins, DockerServerCredentials.class, "docker-tls"));
        StandardUsernamePasswordCredentials app =
                CredentialsProvider.snapshot(find(jenkins, StandardUsernamePasswordCredentials.class, "app"));

        assertThat(agent.getChannel().call(new OnAgent(docker))).isEqualTo(digest(TestKeys.pkcs8(KEY)));
        assertThat(agent.getChannel().call(new OnAgent(app))).isEqualTo(digest("4711:" + GitHubStub.TOKEN));
        assertThat(agent.getChannel().call(new TypeOnAgent(app)))
                .as("the form without a key that the plugin sends")
                .contains("Delegating");
    }

    private void configure() throws Exception {
        backends.configure(DECLARED.replace("@API@", github.address().toString()));
    }

    private static void use(StandardCredentials credentials) {
        if (credentials instanceof DockerServerCredentials docker) {
            docker.getClientKeySecret();
        } else if (credentials instanceof GitLabApiToken gitlab) {
            gitlab.getApiToken();
        } else {
            ((GitHubAppCredentials) credentials).getPassword();
        }
    }

    private static <C extends StandardCredentials> C find(JenkinsRule jenkins, Class<C> type, String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(id, type, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }

    private static String text(String value) {
        return new TextNode(value).toString();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells the digest of what a credential holds. */
    private static final class OnAgent extends MasterToSlaveCallable<String, RuntimeException> {
        private static final long serialVersionUID = 1L;

        private final StandardCredentials credentials;

        OnAgent(StandardCredentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public String call() {
            if (credentials instanceof DockerServerCredentials docker) {
                return digest(docker.getClientKeySecret().getPlainText());
            }
            StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) credentials;
            return digest(login.getUsername() + ":" + login.getPassword().getPlainText());
        }
    }

    /** Tells what a credential is there. */
    private static final class TypeOnAgent extends MasterToSlaveCallable<String, RuntimeException> {
        private static final long serialVersionUID = 1L;

        private final StandardCredentials credentials;

        TypeOnAgent(StandardCredentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public String call() {
            return credentials.getClass().getName();
        }
    }
}
