package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.audit.SecretUse;
import io.jenkins.plugins.awssecrets.audit.SecretUses;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code secrets(from:, prefix:)}, and references as credentials ids. */
@ExtendWith(SharedJenkins.class)
class SeveralValuesTest {
    private static JenkinsRule jenkins;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secureParameter("/ci/app/token", "canary-token-95ee")
            .parameter("/ci/app/db/user-name", "canary-name-95ee")
            .secureParameter("/locked/own", "canary-own-95ee")
            .secureParameter("/locked/system", "canary-system-95ee")
            .parameter("/clash/a-b", "canary-dash-95ee")
            .parameter("/clash/a_b", "canary-line-95ee")
            .secret("ci/orders", "{\"username\": \"canary-user-95ee\", \"password\": \"canary-pass-95ee\"}"));

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void eachParameterBelowAPathAndEachMemberHasAVariable() throws Exception {
        rules("allow: [{names: ['**']}]");
        WorkflowRun build = run("""
            withAwsSecrets([secrets(from: 'ssm:/ci/app/', prefix: 'APP_'), secrets(from: 'sm:ci/orders', prefix: 'ORDERS_')]) {
              sh 'set +x; echo "$APP_TOKEN $APP_DB_USER_NAME $ORDERS_USERNAME $ORDERS_PASSWORD."; echo "${#APP_TOKEN} ${#ORDERS_PASSWORD}"'
            }
            """);

        assertThat(build.getResult()).as(JenkinsRule.getLog(build)).isEqualTo(Result.SUCCESS);
        assertThat(JenkinsRule.getLog(build))
                .contains("**** **** **** ****.", "17 16")
                .doesNotContain("canary");
        assertThat(build.getAction(SecretUses.class).getUses())
                .extracting(SecretUse::getKind)
                .containsExactly("secrets", "secrets");
    }

    @Test
    void clashOfNamesIsRefusedBeforeAnyValueIsRead() throws Exception {
        rules("allow: [{names: ['**']}]");
        WorkflowRun build = run("withAwsSecrets([secrets(from: 'ssm:/clash/', prefix: 'X_')]) { }");

        assertThat(build.getResult()).isEqualTo(Result.FAILURE);
        assertThat(JenkinsRule.getLog(build)).contains("X_A_B").doesNotContain("canary");
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isZero();
    }

    @Test
    void pathOfWhichNotAllIsAllowedIsRefusedWhole() throws Exception {
        rules("allow: [{names: ['/locked/*', '/ci/app/token']}]");
        for (String path : new String[] {"/locked/", "/ci/app/"}) {
            WorkflowRun build = run("withAwsSecrets([secrets(from: 'ssm:" + path + "', prefix: 'X_')]) { }");

            assertThat(build.getResult()).isEqualTo(Result.FAILURE);
            assertThat(JenkinsRule.getLog(build))
                    .contains("not all parameters below this path are allowed to job")
                    .doesNotContain("canary", "system", "user-name");
        }
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isZero();
    }

    @Test
    void sourceWithoutRulesIsNotEvenAskedWhatIsBelowAPath() throws Exception {
        rules("");
        for (String from : new String[] {"ssm:/ci/app/", "sm:ci/orders"}) {
            WorkflowRun build = run("withAwsSecrets([secrets(from: '" + from + "', prefix: 'X_')]) { }");

            assertThat(build.getResult()).isEqualTo(Result.FAILURE);
            assertThat(JenkinsRule.getLog(build)).contains("has no rule that allows");
        }
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void pathThatABuildWasAllowedStaysAllowed() throws Exception {
        rules("allow: [{names: ['/ci/app/**']}]");
        String own = "withAwsSecrets([secrets(from: 'ssm:/ci/app/', prefix: 'APP_')]) { echo 'given' }\n";
        WorkflowJob job = job(own + "semaphore 'path'\n" + own);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("path/1", build);
        rules("");
        SemaphoreStep.success("path/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("given\n", -1)).hasSize(3);
    }

    @Test
    void referenceIsACredentialsIdOfASecretText() throws Exception {
        rules("allow: [{names: ['**']}]");
        WorkflowRun build = run("""
            withCredentials([string(credentialsId: 'sm:ci/orders#password', variable: 'P')]) {
              sh 'set +x; echo "binding ${#P} $P"'
            }
            """);
        WorkflowRun declarative = run("""
            pipeline {
              agent any
              environment { P = credentials('sm:ci/orders#password') }
              stages { stage('a') { steps { sh 'set +x; echo "environment ${#P} $P"' } } }
            }
            """);

        assertThat(JenkinsRule.getLog(build)).contains("binding 16 ****").doesNotContain("canary");
        assertThat(JenkinsRule.getLog(declarative))
                .contains("environment 16 ****")
                .doesNotContain("canary");
    }

    /** @param direct rules of the source ssm; with some, the source sm takes references below {@code ci} */
    private void rules(String direct) throws Exception {
        String sources = backends.sources("");
        if (!direct.isEmpty()) {
            sources = sources.replace("id: ssm,", "id: ssm, " + direct + ",")
                    .replace("id: sm,", "id: sm, allow: [{names: ['ci/*']}],");
        }
        Backends.load("unclassified:\n  awsSecrets:\n" + (sources + """
            credentials: [{string: {id: agents, secret: "ssm:/locked/system", scope: SYSTEM}}]
            discovery: {enabled: false}
            """).indent(4));
    }

    private static WorkflowRun run(String script) throws Exception {
        return jenkins.waitForCompletion(job(script).scheduleBuild2(0).waitForStart());
    }

    private static WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition(script.contains("pipeline {") ? script : "node { " + script + " }", true));
        return job;
    }
}
