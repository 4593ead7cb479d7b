package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Every kind, used as Jenkins' own credentials are. A build tells digests of what it was given, never the values. */
@WithJenkins
class KindsTest {
    private static final String KEY = TestKeys.openSsh(TestKeys.ed25519()).strip();
    private static final byte[] BINARY = {0, 1, 2, (byte) 0xfe, 'c', 'a', 'n', 'a', 'r', 'y', (byte) 0xff};

    static final String DECLARED = """
        credentials:
          - string: {id: token, secret: "sm:ci/token"}
          - usernamePassword: {id: login, username: "ssm:/ci/username", password: "vault:secret/ci/db#password"}
          - dockerRegistry: {id: registry, registry: "registry.example", username: "sm:ci/docker#username", password: "sm:ci/docker#password"}
          - database: {id: orders, from: "sm:prod/orders"}
          - aws: {id: deploy, accessKeyId: "sm:ci/aws#access_key", secretAccessKey: "sm:ci/aws#secret_key", sessionToken: "sm:ci/aws#token"}
          - sshKey: {id: key, username: git, privateKey: "sm:ci/key"}
          - certificate: {id: cert, keyStore: "sm:ci/cert", password: "sm:ci/certpass"}
          - file: {id: file, fileName: some.bin, content: "sm:ci/file"}
        discovery: {enabled: false}
        """;

    private static final List<String> EXPECTED = List.of(
            digest("canary-5b20".getBytes(UTF_8)),
            digest("robot-7a1e:canary-c4d8".getBytes(UTF_8)),
            digest("docker-u:canary-d0c4".getBytes(UTF_8)),
            digest("orders-u:canary-0de5".getBytes(UTF_8)),
            digest("AKIACANARY:canary-sk11".getBytes(UTF_8)),
            // The key ends its last line, and Jenkins ends it once more.
            digest((KEY + "\n\n").getBytes(UTF_8)),
            digest("git".getBytes(UTF_8)),
            digest(BINARY));

    static final String USE = """
        withCredentials([string(credentialsId: 'token', variable: 'T')]) { sh 'printf %s "$T" | sha256sum' }
        for (id in ['login', 'registry', 'orders']) {
            withCredentials([usernamePassword(credentialsId: id, usernameVariable: 'U', passwordVariable: 'P')]) {
                sh 'printf %s "$U:$P" | sha256sum'
            }
        }
        withCredentials([aws(credentialsId: 'deploy', accessKeyVariable: 'U', secretKeyVariable: 'P')]) {
            sh 'printf %s "$U:$P" | sha256sum'
        }
        withCredentials([sshUserPrivateKey(credentialsId: 'key', keyFileVariable: 'K', usernameVariable: 'U')]) {
            sh 'sha256sum < "$K"; printf %s "$U" | sha256sum'
        }
        withCredentials([certificate(credentialsId: 'cert', keystoreVariable: 'S', passwordVariable: 'P')]) {
            sh '@KEYTOOL@ -list -keystore "$S" -storepass "$P"'
        }
        withCredentials([file(credentialsId: 'file', variable: 'F')]) { sh 'sha256sum < "$F"' }
        """.replace("@KEYTOOL@", KeyStores.keytool());

    @RegisterExtension
    final InboundAgentExtension inbound = new InboundAgentExtension();

    static final Seed SEED = Seed.parse(
            """
            ssm:
              - {name: /ci/username, value: robot-7a1e}
            secretsManager:
              - {name: ci/token, string: canary-5b20}
              - {name: ci/docker, json: {username: docker-u, password: canary-d0c4}}
              - {name: prod/orders, json: {engine: postgres, host: db.example, port: 5432, dbname: orders, username: orders-u, password: canary-0de5}}
              - {name: ci/aws, json: {access_key: AKIACANARY, secret_key: canary-sk11, token: canary-st22}}
              - {name: ci/key, string: "%s"}
              - {name: ci/cert, binary: "%s"}
              - {name: ci/certpass, string: canary-cp33}
              - {name: ci/file, binary: "%s"}
            vault:
              mounts:
                - path: secret
                  secrets:
                    - {path: ci/db, data: {password: canary-c4d8}}
            """.formatted(KEY.replace("\n", "\\n"), base64(KeyStores.pkcs12("canary-cp33")), base64(BINARY)));

    @RegisterExtension
    final Backends backends = new Backends(SEED);

    @Test
    void everyKindWorksInWithCredentialsOnTheController(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        check(jenkins, BuildUseTest.run(jenkins, "node('built-in') {\n" + USE + "}"));
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isEqualTo(1);
    }

    @Test
    void everyKindWorksInWithCredentialsOnAnAgent(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        DumbSlave agent = jenkins.createOnlineSlave();

        check(jenkins, BuildUseTest.run(jenkins, "node('" + agent.getNodeName() + "') {\n" + USE + "}"));
    }

    @Test
    void everyKindWorksInWithCredentialsOnAnInboundAgent(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        inbound.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder().name("inbound").build());

        check(jenkins, BuildUseTest.run(jenkins, "node('inbound') {\n" + USE + "}"));
    }

    @AfterEach
    void checkParametersAgain() {
        DescribableModel.STRICT_PARAMETER_CHECKING = true;
    }

    @Test
    void everyKindWorksInADeclarativeEnvironment(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        inbound.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder().name("inbound").build());

        // The handler of aws-credentials names parameters that its binding lacks: a warning, but for tests.
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
        for (String node : List.of("built-in", "inbound")) {
            WorkflowRun build = BuildUseTest.run(jenkins, """
                pipeline {
                    agent { label '%s' }
                    environment {
                        T = credentials('token')
                        L = credentials('login')
                        R = credentials('registry')
                        D = credentials('orders')
                        A = credentials('deploy')
                        K = credentials('key')
                        F = credentials('file')
                    }
                    stages { stage('use') { steps {
                        sh '''
                            printf %%s "$T" | sha256sum
                            printf %%s "$L" | sha256sum
                            printf %%s "$R" | sha256sum
                            printf %%s "$D_USR:$D_PSW" | sha256sum
                            printf %%s "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" | sha256sum
                            sha256sum < "$K"
                            printf %%s "$K_USR" | sha256sum
                            sha256sum < "$F"
                        '''
                    } } }
                }
                """.formatted(node));
            jenkins.assertBuildStatus(Result.SUCCESS, build);
            assertThat(JenkinsRule.getLog(build)).contains(EXPECTED).doesNotContain("canary");
        }
    }

    @Test
    void snapshotHoldsTheValuesAndNeedsNoSource(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        List<StandardCredentials> live = CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        List<FetchedCredentials> taken = live.stream()
                .map(c -> (FetchedCredentials) CredentialsProvider.snapshot(c))
                .toList();
        backends.running().requests().clear();

        assertThat(taken).hasSize(8).allSatisfy(c -> assertThat(c.values().all())
                .isNotEmpty());
        // Credentials Binding names the file by itself.
        assertThat(taken)
                .filteredOn(FileCredentials.class::isInstance)
                .singleElement()
                .satisfies(file ->
                        assertThat(((FileCredentials) file).getFileName()).isEqualTo("some.bin"));
        assertThat(backends.running().requests().all()).isEmpty();
    }

    /** The binding calls the file as it likes; other plugins ask the credential. */
    @Test
    void fileTellsItsName(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        FileCredentials file = CredentialsProvider.findCredentialByIdInItemGroup(
                "file", FileCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        assertThat(file.getFileName()).isEqualTo("some.bin");
        assertThat(file.getContent()).hasBinaryContent(BINARY);
    }

    @Test
    void awsKeyServesBothSdks(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        AmazonWebServicesCredentials deploy = CredentialsProvider.findCredentialByIdInItemGroup(
                "deploy", AmazonWebServicesCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        assertThat(deploy.resolveCredentials()).isInstanceOfSatisfying(AwsSessionCredentials.class, aws -> {
            assertThat(aws.accessKeyId()).isEqualTo("AKIACANARY");
            assertThat(aws.secretAccessKey()).isEqualTo("canary-sk11");
            assertThat(aws.sessionToken()).isEqualTo("canary-st22");
        });
        assertThat(deploy.getCredentials().getAWSSecretKey()).isEqualTo("canary-sk11");
    }

    private static void check(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .contains(EXPECTED)
                .contains("deploy, ")
                .doesNotContain("canary");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
