package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A binding whose credential is a parameter of the build. */
@WithJenkins
class CredentialsParameterTest {
    @RegisterExtension
    final Backends backends =
            new Backends(Seed.empty().secret("ci/one", "canary-one-1").secret("ci/three", "canary-three"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
              - string: {id: one, secret: "sm:ci/one"}
              - string: {id: three, secret: "sm:ci/three"}
            discovery: {enabled: false}
            """);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("starter", "user")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user"));
    }

    @Test
    void chosenCredentialIsBoundAsWithCredentialsBindsIt() throws Exception {
        for (String named : new String[] {"${CRED}", "CRED"}) {
            String script = """
                withAwsSecrets([string(credentialsId: '%1$s', variable: 'T')]) { echo "ours ${T.length()}" }
                withCredentials([string(credentialsId: '%1$s', variable: 'T')]) { echo "theirs ${T.length()}" }
                """.formatted(named);

            WorkflowRun build = start(script, "user", "three");

            jenkins.assertBuildStatus(Result.SUCCESS, build);
            assertThat(JenkinsRule.getLog(build)).contains("three: sm ci/three, version ", "ours 12", "theirs 12");
        }
    }

    @Test
    void defaultOfTheJobIsForEverybody() throws Exception {
        WorkflowRun build = start(
                "withAwsSecrets([string(credentialsId: '${CRED}', variable: 'T')]) { echo \"ours ${T.length()}\" }",
                "starter",
                null);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains("ours 12", build);
    }

    @Test
    void whoMayNotUseTheJobsCredentialsChoosesNone() throws Exception {
        WorkflowRun build = start("withAwsSecrets([string('${CRED}')]) { echo 'inside' }", "starter", "three");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("credentialsId '${CRED}': the user who chose 'three' may not use the credentials of ")
                .contains("Grant this user the permission Credentials/UseItem")
                .doesNotContain("inside");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void whatIsChosenInInputIsBoundWhereWhoStartedTheBuildMayUseIt() throws Exception {
        WorkflowRun chosen = answered("user");
        jenkins.assertBuildStatus(Result.SUCCESS, chosen);
        assertThat(JenkinsRule.getLog(chosen)).contains("three: sm ci/three, version ", "ours 12");

        WorkflowRun refused = answered("starter");
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        assertThat(JenkinsRule.getLog(refused))
                .contains("credentialsId '${CRED}': ")
                .doesNotContain("ours");
    }

    /** A build whose {@code input} the user who started it answers with the credential {@code three}. */
    private WorkflowRun answered(String who) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
            input id: 'Which', message: 'Which?', parameters: [credentials(name: 'CRED', defaultValue: 'one',
                credentialType: '%s', required: true)]
            withAwsSecrets([string(credentialsId: '${CRED}', variable: 'T')]) { echo "ours ${T.length()}" }
            """.formatted(StringCredentials.class.getName()), true));
        WorkflowRun build;
        try (ACLContext ignored = ACL.as2(User.getById(who, true).impersonate2())) {
            build = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause()))
                    .waitForStart();
        }
        jenkins.waitForMessage("Input requested", build);
        JenkinsRule.WebClient client = jenkins.createWebClient().login(who);
        WebRequest answer = new WebRequest(
                new URL(client.getContextPath() + build.getUrl() + "input/Which/proceed"), HttpMethod.POST);
        answer.setRequestParameters(
                List.of(new NameValuePair("json", "{'parameter': {'name': 'CRED', 'value': 'three'}}")));
        client.loadWebResponse(client.addCrumb(answer));
        return jenkins.waitForCompletion(build);
    }

    @Test
    void referenceIsNoChoice() throws Exception {
        WorkflowRun build = start("withAwsSecrets([string('${CRED}')]) { echo 'inside' }", "user", "sm:ci/one");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("string 'sm:ci/one': no credential with this id is declared or discovered")
                .doesNotContain("inside");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void parameterThatIsNotThereIsNamed() throws Exception {
        WorkflowRun build = start("withAwsSecrets([string('${OTHER}')]) { echo 'inside' }", "user", "one");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("credentialsId '${OTHER}': the build has no credentials parameter OTHER. Add a credentials"
                        + " parameter with this name to the job, or set the id itself")
                .doesNotContain("inside");
    }

    /** @param chosen {@code null} for the parameter's default */
    private WorkflowRun start(String script, String who, String chosen) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        CredentialsParameterDefinition parameter =
                new CredentialsParameterDefinition("CRED", "", "one", StringCredentials.class.getName(), true);
        job.addProperty(new ParametersDefinitionProperty(parameter));
        try (ACLContext ignored = ACL.as2(User.getById(who, true).impersonate2())) {
            CredentialsParameterValue value = chosen == null
                    ? (CredentialsParameterValue) parameter.getDefaultParameterValue()
                    : new CredentialsParameterValue("CRED", chosen, "", false);
            return jenkins.waitForCompletion(
                    job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause()), new ParametersAction(value))
                            .waitForStart());
        }
    }
}
