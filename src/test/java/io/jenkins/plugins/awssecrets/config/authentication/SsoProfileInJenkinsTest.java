package io.jenkins.plugins.awssecrets.config.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A profile that authenticates with SSO, whose library another plugin has: with real class loaders. */
class SsoProfileInJenkinsTest {
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @Test
    void theLibraryOfThePluginIsUsed() throws Throwable {
        jenkins.then(SsoProfileInJenkinsTest::failsForWantOfASession);
    }

    /** Without the library it would be the plugin that is missed, and not the session. */
    private static void failsForWantOfASession(JenkinsRule rule) throws Exception {
        Path config = Files.writeString(rule.jenkins.getRootDir().toPath().resolve("aws-config"), """
            [profile dev]
            sso_session = corp-of-this-test
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp-of-this-test]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            """);
        System.setProperty("aws.configFile", config.toString());
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - ssm: {region: eu-west-1, endpoint: "http://127.0.0.1:1", profile: dev, allow: [{names: ["/ci/*"]}]}
            """);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([secret(variable: 'A', from: 'ssm:/ci/a')]) { echo 'read' }", true));

        assertThat(JenkinsRule.getLog(rule.buildAndAssertStatus(Result.FAILURE, job)))
                .contains("profile dev: it authenticates with SSO, and its session expired");
    }
}
