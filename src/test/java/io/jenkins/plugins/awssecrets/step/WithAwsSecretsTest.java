package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.step.binding.AwsBinding;
import io.jenkins.plugins.awssecrets.step.binding.CertificateBinding;
import io.jenkins.plugins.awssecrets.step.binding.DatabaseBinding;
import io.jenkins.plugins.awssecrets.step.binding.DockerRegistryBinding;
import io.jenkins.plugins.awssecrets.step.binding.FileBinding;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import io.jenkins.plugins.awssecrets.step.binding.SshKeyBinding;
import io.jenkins.plugins.awssecrets.step.binding.StringBinding;
import io.jenkins.plugins.awssecrets.step.binding.UsernamePasswordBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(SharedJenkins.class)
class WithAwsSecretsTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/nexus/username", "nexus-robot")
            .secret("ci/nexus", "{\"password\": \"canary-nexus-$1\"}")
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .secret("prod/orders", """
                {"engine": "postgres", "host": "db.co", "port": 5432, "dbname": "shop", \
                "username": "orders_app", "password": "canary-orders-pw"}\
                """)
            .with(rotated("rotated/in-time", Duration.ofDays(3)), rotated("rotated/put-since", Duration.ofDays(1))));

    /** One that rotated three days ago. */
    private static SecretSeed rotated(String name, Duration changedAgo) {
        return Seed.parse("""
            secretsManager:
              - {name: %s, string: canary-rotated, changed: "%s", rotation: {enabled: true, last: "%s"}}
            """.formatted(
                                name,
                                Instant.now().minus(changedAgo),
                                Instant.now().minus(Duration.ofDays(3)).plusSeconds(1)))
                .secretsManager()
                .get(0);
    }

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
              - usernamePassword: {id: nexus, username: "ssm:/ci/nexus/username", password: "sm:ci/nexus#password"}
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
              - string: {id: machine, secret: "sm:ci/machine", scope: SYSTEM}
              - database: {id: orders-db, from: "sm:prod/orders"}
            discovery: {enabled: false}
            """);
    }

    @AfterEach
    void clear() throws Exception {
        SharedJenkins.clear(jenkins);
    }

    @Test
    void bindingsOfTheBlockAreVariablesInIt() throws Exception {
        WorkflowRun build = succeed("""
            node {
              withAwsSecrets([
                usernamePassword('nexus'),
                string(credentialsId: 'sonar', variable: 'SONAR'),
                database(credentialsId: 'orders-db', prefix: 'ORDERS'),
                secret(variable: 'TOKEN', from: 'sm:ci/sonar#token'),
              ]) {
                sh 'env | grep -E "^(NEXUS|SONAR|ORDERS|TOKEN)" | sort > bound'
              }
              sh 'env | grep -cE "^(NEXUS|SONAR|ORDERS|TOKEN)" || true'
            }
            """);

        assertThat(jenkins.jenkins
                        .getWorkspaceFor(build.getParent())
                        .child("bound")
                        .readToString())
                .isEqualTo("""
                    NEXUS_PASSWORD=canary-nexus-$1
                    NEXUS_USERNAME=nexus-robot
                    ORDERS_HOST=db.co
                    ORDERS_NAME=shop
                    ORDERS_PASSWORD=canary-orders-pw
                    ORDERS_PORT=5432
                    ORDERS_URL=jdbc:postgresql://db.co:5432/shop
                    ORDERS_USERNAME=orders_app
                    SONAR=canary-sonar-77aa
                    TOKEN=canary-sonar-77aa
                    """);
    }

    @Test
    void allBindingsOfABlockAreOneBatchASource() throws Exception {
        succeed("""
            withAwsSecrets([usernamePassword('nexus'), string('sonar'), database('orders-db')]) {
              echo 'inside'
            }
            """);

        assertThat(backends.running().requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isOne();
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isOne();
        assertThat(backends.running().requests().all()).hasSize(2);
    }

    @Test
    void logNamesEachBindingWithItsVersion() throws Exception {
        WorkflowRun build = succeed("withAwsSecrets([usernamePassword('nexus'), database('orders-db')]) {}");

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("nexus: ssm /ci/nexus/username, version 1, changed less than a minute ago; "
                        + "sm ci/nexus, version [0-9a-f-]{8}…, AWSCURRENT, changed less than a minute ago")
                .containsPattern("orders-db: sm prod/orders, version [0-9a-f-]{8}…, AWSCURRENT");
    }

    @Test
    void secretIsReportedOnceABuildAndLaterInShort() throws Exception {
        WorkflowRun build = succeed("""
            withAwsSecrets([string('sonar')]) {}
            for (int i = 0; i < 3; i++) {
              withAwsSecrets([string('sonar'), database('orders-db')]) {}
            }
            withAwsSecrets([secret(variable: 'TOKEN', from: 'sm:ci/sonar#token')]) {}
            """);

        List<String> lines = reported(build, "sonar");
        assertThat(lines.get(0)).startsWith("sonar: sm ci/sonar, version ");
        assertThat(lines.subList(1, lines.size()))
                .containsExactlyElementsOf(Collections.nCopies(3, "sonar: sm ci/sonar, as above"));
        assertThat(reported(build, "orders-db").get(0)).startsWith("orders-db: sm prod/orders, version ");
        assertThat(reported(build, "TOKEN")).containsExactly("TOKEN: sm ci/sonar, as above");
        assertThat(reported(succeed("withAwsSecrets([string('sonar')]) {}"), "sonar")
                        .get(0))
                .contains(", version ");
    }

    private static List<String> reported(WorkflowRun build, String name) throws Exception {
        return JenkinsRule.getLog(build)
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .toList();
    }

    @Test
    void versionIsCalledRotatedWhereTheBackendRotatedIt() throws Exception {
        backends.configure("""
            credentials:
              - string: {id: by-rotation, secret: "sm:rotated/in-time"}
              - string: {id: by-hand, secret: "sm:rotated/put-since"}
              - string: {id: never, secret: "sm:ci/sonar"}
            discovery: {enabled: true}
            """);
        // Makes the list of secrets known, which tells of rotations.
        CredentialsProvider.lookupCredentialsInItemGroup(
                StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        WorkflowRun build = succeed("withAwsSecrets([string('by-rotation'), string('by-hand'), string('never')]) {}");

        assertThat(reported(build, "by-rotation").get(0)).endsWith(", AWSCURRENT, rotated 3 days ago");
        assertThat(reported(build, "by-hand").get(0)).endsWith(", AWSCURRENT, changed 1 day ago");
        assertThat(reported(build, "never").get(0)).endsWith(", AWSCURRENT, changed less than a minute ago");
    }

    @Test
    void terseLogHasNeitherNamesNorVersionsOfSecrets() throws Exception {
        Backends.load("unclassified: {awsSecrets: {terseLog: true}}");

        WorkflowRun build = succeed("withAwsSecrets([usernamePassword('nexus'),"
                + " secret(variable: 'TOKEN', from: 'sm:ci/sonar#token')]) {}");

        assertThat(JenkinsRule.getLog(build))
                .contains("nexus: bound", "TOKEN: bound")
                .doesNotContain("ci/nexus", "ci/sonar", "version", "AWSCURRENT");
    }

    @Test
    void declarativePipelineTakesTheSameBindings() throws Exception {
        WorkflowRun build = succeed("""
            pipeline {
              agent any
              stages {
                stage('Deploy') {
                  steps {
                    withAwsSecrets([
                      usernamePassword('nexus'),
                      string(credentialsId: 'sonar', variable: 'SONAR'),
                      database(credentialsId: 'orders-db', prefix: 'ORDERS'),
                      secret(variable: 'TOKEN', from: 'sm:ci/sonar#token'),
                    ]) {
                      sh 'echo "$NEXUS_USERNAME uses $TOKEN at $ORDERS_HOST"'
                    }
                  }
                }
              }
            }
            """);

        jenkins.assertLogContains("nexus-robot uses **** at db.co", build);
    }

    @Test
    void optionsOfADeclarativePipelineTakeTheStep() throws Exception {
        WorkflowRun build = succeed("""
            pipeline {
              agent none
              options { withAwsSecrets([string(credentialsId: 'sonar', variable: 'SONAR')]) }
              stages {
                stage('One') {
                  agent any
                  options { withAwsSecrets([usernamePassword('nexus')]) }
                  steps { sh 'echo "one has $SONAR of $NEXUS_USERNAME"' }
                }
                stage('Two') {
                  agent any
                  steps { sh 'echo "two has $SONAR of ${NEXUS_USERNAME:-nobody}"' }
                }
              }
            }
            """);

        jenkins.assertLogContains("one has **** of nexus-robot", build);
        jenkins.assertLogContains("two has **** of nobody", build);
    }

    @Test
    void snippetGeneratorWritesWhatIsRead() throws Exception {
        DatabaseBinding database = new DatabaseBinding("orders-db");
        database.setPrefix("ORDERS");
        AwsBinding aws = new AwsBinding("deploy");
        aws.setRoleArn("arn:aws:iam::123456789012:role/deployer");
        aws.setExternalId("jenkins");
        SshKeyBinding ssh = new SshKeyBinding("deploy-key");
        ssh.setPrefix("GIT");
        FileBinding file = new FileBinding("settings");
        file.setVariable("SETTINGS");
        StringBinding string = new StringBinding("sonar");
        string.setVariable("SONAR");
        ReferenceBinding branch = new ReferenceBinding("BRANCH", "sm:ci/flag#branch");
        branch.setMask(false);

        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        new AwsSecretsStep(List.of(
                                new DockerRegistryBinding("docker-hub"),
                                database,
                                aws,
                                ssh,
                                new CertificateBinding("signing"),
                                file,
                                new UsernamePasswordBinding("nexus"),
                                string,
                                new ReferenceBinding("TOKEN", "sm:ci/sonar#token"),
                                branch)),
                        """
                        withAwsSecrets([dockerRegistry('docker-hub'), \
                        database(credentialsId: 'orders-db', prefix: 'ORDERS'), \
                        aws(credentialsId: 'deploy', externalId: 'jenkins', \
                        roleArn: 'arn:aws:iam::123456789012:role/deployer'), \
                        sshKey(credentialsId: 'deploy-key', prefix: 'GIT'), \
                        certificate('signing'), \
                        file(credentialsId: 'settings', variable: 'SETTINGS'), \
                        usernamePassword('nexus'), \
                        string(credentialsId: 'sonar', variable: 'SONAR'), \
                        secret(from: 'sm:ci/sonar#token', variable: 'TOKEN'), \
                        secret(from: 'sm:ci/flag#branch', mask: false, variable: 'BRANCH')]) {
                            // some block
                        }\
                        """);
    }

    private WorkflowRun succeed(String script) throws Exception {
        return jenkins.buildAndAssertSuccess(job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
