package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** What an author of a Pipeline may get wrong, and what the log says of it. */
@ExtendWith(SharedJenkins.class)
class MistakesTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/sonar", "{\"token\": \"canary-sonar-77aa\"}")
            .secret("prod/orders", "{\"username\": \"orders_app\", \"password\": \"canary-orders-pw\"}"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
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
    void unknownIdIsToldWithThePlaceAndWhatThereIs() throws Exception {
        assertThat(failure("withAwsSecrets([string('sona')]) {}"))
                .contains("string 'sona': no credential with this id is declared or discovered")
                .contains("Available `string` credentials: sonar")
                .doesNotContain("machine")
                .doesNotContain("\tat ");
    }

    @Test
    void folderThatDoesNotSeeAnIdIsNamed() throws Exception {
        WorkflowJob job = jenkins.createProject(MockFolder.class, "team").createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition("withAwsSecrets([string('other-teams')]) {}", true));

        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job)))
                .contains("string 'other-teams': no credential with this id is declared or discovered");
    }

    @Test
    void wrongKindIsToldWithTheRightOne() throws Exception {
        assertThat(failure("withAwsSecrets([usernamePassword('orders-db')]) {}"))
                .contains("it is of kind database. Write database('orders-db')");
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
                .contains("Expected");
    }

    @Test
    void systemScopeIsForNoJob() throws Exception {
        assertThat(failure("withAwsSecrets([string('machine')]) {}"))
                .contains("credential 'machine': it has the scope SYSTEM");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void missingSecretFailsTheStepWithItsReference() throws Exception {
        assertThat(failure("withAwsSecrets([secret(variable: 'T', from: 'sm:ci/none')]) { echo 'inside' }"))
                .contains("sm:ci/none: ")
                .doesNotContain("inside")
                .doesNotContain("\tat ");
    }

    @Test
    void eachIsToldBeforeAnyCallWithItsFix() throws Exception {
        Map<String, String> toldOf = new LinkedHashMap<>();
        toldOf.put(
                "secret(variable: 'sonar', from: 'sm:x'), string('sonar')",
                "variable SONAR: both secret sm:x and string 'sonar' bind it");
        toldOf.put(
                "database(credentialsId: 'orders-db', prefix: 'MY-DB')",
                "the prefix or variable of database 'orders-db': it is not a valid variable name. Expected letters");
        toldOf.put(
                "string(credentialsId: 'sonar', variable: '1ST')",
                "the prefix or variable of string 'sonar': it is not a valid variable name");
        toldOf.put("secret(variable: '', from: 'sm:x')", "the variable of a secret: it is not a valid variable name");
        toldOf.put("secret(variable: 'T', from: '')", "secret T: position 1: nothing there. Expected <source>:");
        toldOf.put("secret(variable: 'T')", "secret T: position 1: nothing there. Expected <source>:");
        toldOf.put("secret(variable: 'T', from: 'other:x')", "secret T: position 1: no source of that id");
        toldOf.put(
                "secret(variable: 'T', from: 'hunter2')",
                "; this field takes a reference to the secret, not the secret itself");
        toldOf.put(
                "secrets(from: 'hunter2', prefix: 'P')",
                "; this field takes a reference to the secret, not the secret itself");
        toldOf.put("string('')", "string '': no id is set. Write string('...')");

        for (Map.Entry<String, String> mistake : toldOf.entrySet()) {
            assertThat(failure("withAwsSecrets([" + mistake.getKey() + "]) { echo 'inside' }"))
                    .contains(mistake.getValue())
                    .doesNotContain("inside")
                    .doesNotContain("\tat ");
        }
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void emptyPrefixIsTheDefaultOne() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
            withAwsSecrets([database(credentialsId: 'orders-db', prefix: ' ')]) { echo "for ${DB_USERNAME.length()}" }
            """, true));

        jenkins.assertLogContains("for 10", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void buildThatRunsAsSomebodyWhoMayNotUseTheJobsCredentialsGetsNone() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("guest", "owner")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("owner"));
        WorkflowJob refused = job("withAwsSecrets([string('sonar')]) { echo 'inside' }");
        WorkflowJob allowed = job("withAwsSecrets([string('sonar')]) { echo 'inside' }");
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                refused.getFullName(),
                                User.getById("guest", true).impersonate2())
                        .authenticate(
                                allowed.getFullName(),
                                User.getById("owner", true).impersonate2()));

        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, refused)))
                .contains("it runs as guest, who may not use the credentials of " + refused.getFullName())
                .doesNotContain("inside");
        jenkins.assertLogContains("inside", jenkins.buildAndAssertSuccess(allowed));
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
