package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WithAwsSecretsTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/nexus/username", "nexus-robot")
            .secret("ci/nexus", "{\"password\": \"canary-nexus-$1\"}")
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .secret("ci/short", "{\"pin\": \"42\"}")
            .secret("prod/orders", """
                    {"engine": "postgres", "host": "db.co", "port": 5432, "dbname": "shop", \
                    "username": "orders_app", "password": "canary-orders-pw"}"""));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
                credentials:
                  - usernamePassword: {id: nexus, username: "ssm:/ci/nexus/username", password: "sm:ci/nexus#password"}
                  - string: {id: sonar, secret: "sm:ci/sonar#token"}
                  - string: {id: machine, secret: "sm:ci/sonar#token", scope: SYSTEM}
                  - database: {id: orders-db, from: "sm:prod/orders"}
                discovery: {enabled: false}
                """);
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
                .containsPattern("nexus: ssm /ci/nexus/username, version 1, changed 0 minutes ago; "
                        + "sm ci/nexus, version [0-9a-f-]{8}…, AWSCURRENT, rotated 0 minutes ago")
                .containsPattern("orders-db: sm prod/orders, version [0-9a-f-]{8}…, AWSCURRENT");
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
    void maskStaysUntilTheBuildEnds() throws Exception {
        WorkflowRun build = succeed("""
                def kept
                withAwsSecrets([string('sonar')]) {
                  kept = SONAR
                  echo "inside $SONAR"
                }
                echo "after $kept"
                node { sh "printf '%s' '$kept' | base64" }
                """);

        jenkins.assertLogContains("inside ****", build);
        jenkins.assertLogContains("after ****", build);
        jenkins.assertLogNotContains("Y2FuYXJ5", build);
        jenkins.assertLogNotContains("canary-sonar", build);
    }

    @Test
    void shortValueIsBoundUnmaskedAndTheLogSaysSo() throws Exception {
        WorkflowRun build = succeed("withAwsSecrets([secret(variable: 'PIN', from: 'sm:ci/short#pin')]) {}");

        jenkins.assertLogContains("PIN is not masked", build);
    }

    @Test
    void unknownIdIsToldWithThePlaceAndWhatThereIs() throws Exception {
        assertThat(failure("withAwsSecrets([string('sona')]) {}"))
                .contains("string 'sona': Jenkins sees no credential of this id")
                .contains("of the kind string it sees sonar")
                .doesNotContain("machine")
                .doesNotContain("\tat ");
    }

    @Test
    void folderThatDoesNotSeeAnIdIsNamed() throws Exception {
        WorkflowJob job = jenkins.createProject(MockFolder.class, "team").createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition("withAwsSecrets([string('other-teams')]) {}", true));

        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job)))
                .contains("string 'other-teams': the folder team sees no credential of this id");
    }

    @Test
    void snippetGeneratorWritesWhatIsRead() throws Exception {
        DatabaseBinding database = new DatabaseBinding("orders-db");
        database.setPrefix("ORDERS");
        AwsBinding aws = new AwsBinding("deploy");
        aws.setRoleArn("arn:aws:iam::123456789012:role/deployer");

        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        new AwsSecretsStep(List.of(
                                new UsernamePasswordBinding("nexus"),
                                database,
                                aws,
                                new ReferenceBinding("TOKEN", "sm:ci/sonar#token"))),
                        """
                withAwsSecrets([usernamePassword('nexus'), \
                database(credentialsId: 'orders-db', prefix: 'ORDERS'), \
                aws(credentialsId: 'deploy', roleArn: 'arn:aws:iam::123456789012:role/deployer'), \
                secret(from: 'sm:ci/sonar#token', variable: 'TOKEN')]) {
                    // some block
                }""");
    }

    @Test
    void wrongKindIsToldWithTheRightOne() throws Exception {
        assertThat(failure("withAwsSecrets([usernamePassword('orders-db')]) {}"))
                .contains("it is of the kind database; write database('orders-db')");
    }

    @Test
    void twoBindingsForOneVariableAreRefusedBeforeAnyCall() throws Exception {
        assertThat(failure("withAwsSecrets([string('sonar'), secret(variable: 'SONAR', from: 'sm:x')]) {}"))
                .contains("variable SONAR: both string 'sonar' and secret sm:x bind it");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void malformedReferenceIsToldWithItsPosition() throws Exception {
        assertThat(failure("withAwsSecrets([secret(variable: 'T', from: 'sm:ci/a#b#c')]) {}"))
                .contains("secret T: position 10: ")
                .contains("expected");
    }

    @Test
    void systemScopeIsForNoJob() throws Exception {
        assertThat(failure("withAwsSecrets([string('machine')]) {}"))
                .contains("string 'machine': it has the scope SYSTEM");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void missingSecretFailsTheStepWithItsReference() throws Exception {
        assertThat(failure("withAwsSecrets([secret(variable: 'T', from: 'sm:ci/none')]) { echo 'inside' }"))
                .contains("sm:ci/none: ")
                .doesNotContain("inside")
                .doesNotContain("\tat ");
    }

    private WorkflowRun succeed(String script) throws Exception {
        return jenkins.buildAndAssertSuccess(job(script));
    }

    private String failure(String script) throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job(script)));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
