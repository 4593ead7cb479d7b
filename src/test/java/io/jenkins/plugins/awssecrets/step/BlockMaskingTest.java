package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.audit.SecretUse;
import io.jenkins.plugins.awssecrets.audit.SecretUses;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the log of a build hides of what {@code withAwsSecrets} and {@code environment} bind, and what it shows. */
@WithJenkins
class BlockMaskingTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/nexus/username", "nexus-robot")
            .secret("ci/nexus", "{\"password\": \"canary-nexus-$1\"}")
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .secret("ci/short", "{\"pin\": \"42\"}")
            .secret("ci/flag", "{\"branch\": \"main\", \"pool\": \"pool-7Qz81L\"}")
            .secret("prod/orders", """
                {"engine": "postgres", "host": "db.co", "port": 5432, "dbname": "shop", \
                "username": "orders_app", "password": "canary-orders-pw"}\
                """));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
              - usernamePassword: {id: nexus, username: "ssm:/ci/nexus/username", password: "sm:ci/nexus#password"}
              - string: {id: sonar, secret: "sm:ci/sonar#token"}
              - string: {id: pool, secret: "sm:ci/flag#pool"}
              - database: {id: orders-db, from: "sm:prod/orders"}
            discovery: {enabled: false}
            """);
    }

    @Test
    void environmentOfADeclarativePipelineTakesTheCredentialsAndMasksThemUntilTheBuildEnds() throws Exception {
        WorkflowRun build = succeed("""
            def kept = []
            pipeline {
              agent any
              stages {
                stage('Inside') {
                  environment {
                    SONAR = credentials('sonar')
                    NEXUS = credentials('nexus')
                    ORDERS = credentials('orders-db')
                  }
                  steps {
                    sh 'echo "inside $SONAR, $NEXUS_USR has $NEXUS_PSW, $ORDERS_USR has $ORDERS_PSW"'
                    script { kept = [SONAR, NEXUS_PSW, ORDERS_PSW] }
                  }
                }
                stage('After') {
                  steps { script { kept.each { sh "set +x; echo after `printf %s '${it}' | base64` and '${it}'." } } }
                }
              }
            }
            """);

        assertThat(JenkinsRule.getLog(build))
                .contains("inside ****, nexus-robot has ****, **** has ****")
                .containsPattern("(?s)(after \\*{4} and \\*{4}\\..*){3}")
                .doesNotContain("canary", "Y2FuYXJ5");
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
    void anOrdinaryWordIsMaskedAndTheLogWarnsOfIt() throws Exception {
        WorkflowRun build = succeed(
                "withAwsSecrets([secret(variable: 'BRANCH', from: 'sm:ci/flag#branch')]) { echo \"on $BRANCH\" }");

        jenkins.assertLogContains("on ****", build);
        jenkins.assertLogContains("BRANCH: its value is an ordinary word or a short number", build);
    }

    @Test
    void whatIsNoSecretIsShownAndThePageSaysThatItWasNotMasked() throws Exception {
        WorkflowRun build = succeed("""
            withAwsSecrets([
              secret(variable: 'BRANCH', from: 'sm:ci/flag#branch', mask: false),
              string(credentialsId: 'pool', variable: 'POOL', mask: false),
              string(credentialsId: 'sonar', variable: 'SONAR', mask: true),
            ]) {
              echo "on $BRANCH in $POOL with $SONAR"
            }
            """);

        jenkins.assertLogContains("on main in pool-7Qz81L with ****", build);
        jenkins.assertLogNotContains("ordinary word", build);
        assertThat(JenkinsRule.getLog(build)).containsPattern("BRANCH: sm ci/flag, version .*, not masked");
        assertThat(build.getAction(SecretUses.class).getUses())
                .extracting(SecretUse::getName, SecretUse::getKind)
                .containsExactly(
                        tuple("BRANCH", "secret, not masked"),
                        tuple("pool", "string, not masked"),
                        tuple("sonar", "string"));
    }

    @Test
    void usernameThatIsNotSecretStaysReadable() throws Exception {
        WorkflowRun build = succeed("""
            withAwsSecrets([usernamePassword('nexus')]) { echo "deploying as $NEXUS_USERNAME with $NEXUS_PASSWORD, step" }
            withCredentials([usernamePassword(credentialsId: 'nexus', usernameVariable: 'U', passwordVariable: 'P')]) {
              echo "deploying as $U with $P, id"
            }
            echo "deploying as nexus-robot, later"
            """);

        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "deploying as nexus-robot with ****, step",
                        "deploying as nexus-robot with ****, id",
                        "deploying as nexus-robot, later")
                .doesNotContain("canary");
    }

    @Test
    void aStepsLastLineIsWholeWhateverItEndsWith() throws Exception {
        // Each of the lines ends as a secret begins, so that the next line could go on with it.
        WorkflowRun build = succeed("""
            withAwsSecrets([string(credentialsId: 'sonar', variable: 'TOKEN')]) {
              stage('of canary-sonar') {
                node {
                  sh 'set +x; echo shell says canary-sonar'
                  echo 'echo says canary-sonar'
                  parallel one: { sh 'set +x; echo branch says canary-sonar' }
                }
              }
            }
            """);

        assertThat(JenkinsRule.getLog(build))
                .contains("shell says canary-sonar\n[Pipeline]", "echo says canary-sonar\n[Pipeline]")
                .contains("branch says canary-sonar\n")
                .contains("[Pipeline] { (of canary-sonar)\n");
    }

    private WorkflowRun succeed(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }
}
