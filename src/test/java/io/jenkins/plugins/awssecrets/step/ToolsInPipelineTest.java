package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpsServer;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.consumers.BasicServer;
import io.jenkins.plugins.awssecrets.engine.consumers.GitRepository;
import io.jenkins.plugins.awssecrets.engine.consumers.ImageRegistry;
import io.jenkins.plugins.awssecrets.engine.consumers.MotoServer;
import io.jenkins.plugins.awssecrets.engine.consumers.MutualTls;
import io.jenkins.plugins.awssecrets.engine.consumers.PostgresServer;
import io.jenkins.plugins.awssecrets.engine.consumers.SshServer;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What a block gives, used by the tools that it is for, with real servers on loopback. */
@ExtendWith(SharedJenkins.class)
class ToolsInPipelineTest {
    private static final String STORE_PASSWORD = "changeit-4711";
    private static final KeyPair SSH = TestKeys.ed25519();
    private static final KeyPair CLIENT = TestKeys.rsa();
    private static final X509Certificate CERTIFICATE = TestKeys.certificate(CLIENT, "client", CLIENT, "client");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws: {accessKeys: [{id: demo}]}
        secretsManager:
          - {name: ci/windows-key, string: %s}
          - {name: ci/orders, json: {engine: postgres, username: shop, password: %s, dbname: postgres}}
          - {name: ci/client, string: %s}
          - {name: ci/store-password, string: %s}
        """.formatted(
                    text(TestKeys.openSsh(SSH).strip().replace("\n", "\r\n")),
                    text(PostgresServer.PASSWORD),
                    text((TestKeys.traditional(CLIENT) + TestKeys.pem(CERTIFICATE)).replace("\n", "\r\n")),
                    text(STORE_PASSWORD))));

    @TempDir
    Path directory;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void gitClonesOverSshWithAKeyThatWasPastedInWindows() throws Exception {
        GitRepository.need();
        GitRepository repository = GitRepository.make(directory);
        try (SshServer server = SshServer.start(directory, publicKey(), "")) {
            declare("sshKey: {id: deploy, username: \"" + System.getProperty("user.name")
                    + "\", privateKey: \"sm:ci/windows-key\"}");

            String log = run(
                    "sshKey(credentialsId: 'deploy', prefix: 'K')",
                    repository.clone(server, directory.resolve("clone")) + "; cat \"$K_KEY_FILE\"");

            assertThat(log).contains("\ncloned\n");
            assertThat(TestKeys.openSsh(SSH).lines().skip(1).filter(line -> !line.startsWith("-----")))
                    .noneMatch(log::contains);
            assertThat(server.log()).contains("Accepted publickey for");
        }
    }

    @Test
    void awsListsBucketsByARoleThatNobodyStoresAKeyOf() throws Exception {
        MotoServer.need();
        Tool.need("aws");
        try (MotoServer moto = MotoServer.start()) {
            System.setProperty("aws.accessKeyId", moto.accessKeyId());
            System.setProperty("aws.secretAccessKey", moto.secretAccessKey());
            Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - secretsManager: {id: sm, region: eu-west-1, endpoint: "%1$s", stsEndpoint: "%1$s"}
                    credentials:
                      - aws: {id: deploy, region: eu-west-1, role: {source: sm, roleArn: "%2$s"}}
                    discovery: {enabled: false}
                """.formatted(moto.address(), MotoServer.ROLE));

            String log = run(
                    "aws('deploy')",
                    "export AWS_PAGER= AWS_DEFAULT_REGION=$AWS_REGION; aws s3 ls --endpoint-url " + moto.address()
                            + "\n unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n"
                            + "echo by file: $(aws s3 ls --endpoint-url " + moto.address() + ")");

            assertThat(log)
                    .containsPattern("\n[-0-9]+ [0-9:]+ " + MotoServer.BUCKET + "\n")
                    .containsPattern("by file: [-0-9]+ [0-9:]+ " + MotoServer.BUCKET + "\n");
        }
    }

    @Test
    void psqlLogsInWithWhatARotationFunctionKeeps() throws Exception {
        PostgresServer.need();
        try (PostgresServer server = new PostgresServer()) {
            declare("database: {id: orders, from: \"sm:ci/orders\", host: \"127.0.0.1:" + server.port() + "\"}");

            String log = run(
                    "database('orders')",
                    "export PGPASSWORD=\"$DB_PASSWORD\"; psql -U \"$DB_USERNAME\" \"${DB_URL#jdbc:}\" -Atc \"select"
                            + " current_user || 6*7\"; echo \"as $PGPASSWORD\"");

            assertThat(log).contains("\nshop42\n", "as ****").doesNotContain(PostgresServer.PASSWORD);
        }
    }

    @Test
    void skopeoPushesWithALoginOfEcrThatNobodyStores() throws Exception {
        Tool.need("skopeo");
        try (BasicServer registry = ImageRegistry.start(pair -> pair.startsWith("AWS:demo-ecr-"))) {
            declare("dockerRegistry: {id: ecr, ecr: {source: sm, registry: \"" + registry.address() + "\", endpoint: \""
                    + backends.running().ecr() + "\"}}");

            String log = run(
                    "dockerRegistry('ecr')",
                    ImageRegistry.push(directory, registry) + " && cat \"$DOCKER_CONFIG/config.json\"");

            assertThat(registry.requests()).contains(ImageRegistry.PUSHED);
            assertThat(log).contains("\"auth\":\"****\"").doesNotContain("demo-ecr-");
            assertThat(backends.running().requests().to(Service.SECRETS_MANAGER))
                    .as("reads of something stored")
                    .isEmpty();
        }
    }

    @Test
    void curlShowsAClientCertificateThatIsStoredAsText() throws Exception {
        Tool.need("curl");
        HttpsServer server = server();
        try {
            declare("certificate: {id: client, keyStore: \"sm:ci/client\", password: \"sm:ci/store-password\"}");

            String log = run(
                    "certificate(credentialsId: 'client', prefix: 'C')",
                    "curl -sSk --noproxy '*' --cert-type P12 --cert \"$C_KEYSTORE:$C_PASSWORD\" https://127.0.0.1:"
                            + server.getAddress().getPort() + "/; echo; echo \"by $C_PASSWORD\"");

            assertThat(log).contains("\nhello CN=client\n", "by ****").doesNotContain(STORE_PASSWORD);
        } finally {
            server.stop(0);
        }
    }

    private String publicKey() throws Exception {
        Path key = Files.writeString(directory.resolve("id"), TestKeys.openSsh(SSH));
        Tool.run(directory, Map.of(), "chmod", "600", key.toString());
        return Tool.run(directory, Map.of(), "ssh-keygen", "-y", "-f", key.toString());
    }

    private static HttpsServer server() throws Exception {
        KeyPair key = TestKeys.rsa();
        return MutualTls.greeting(
                TestKeys.store("PKCS12", STORE_PASSWORD, key, TestKeys.certificate(key, "server", key, "server")),
                TestKeys.store("PKCS12", STORE_PASSWORD, null, CERTIFICATE),
                STORE_PASSWORD);
    }

    private void declare(String credential) throws Exception {
        backends.configure("credentials:\n  - " + credential + "\ndiscovery: {enabled: false}\n");
    }

    /** The log of a build whose block has a binding; it must succeed. */
    private static String run(String binding, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node { withAwsSecrets([" + binding + "]) { sh '''set +x\n" + script.replace("\\", "\\\\") + "''' } }",
                true));
        WorkflowRun build = job.scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.SUCCESS, build);
        return JenkinsRule.getLog(build);
    }

    private static String text(String value) {
        return new TextNode(value).toString();
    }
}
