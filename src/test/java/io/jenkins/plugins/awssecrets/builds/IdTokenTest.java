package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that authenticate to AWS with the ID tokens of OpenID Connect Provider, whose keys STS reads from this Jenkins. */
@WithJenkins
class IdTokenTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/of-shop";

    private JenkinsRule jenkins;
    private DemoBackends aws;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String root = jenkins.getURL().toString();
        aws = DemoBackends.start(Seed.parse("""
            aws:
              accessKeys: [{ id: AKIANOBODY, policies: [] }]
              roles: [{ arn: "%s", claims: { sub: "%sjob/shop/*" } }]
              oidcProviders: [{ issuer: "%soidc", audiences: [sts.amazonaws.com] }]
            ssm: [{ name: /shop/a, value: canary-of-shop }]
            """.formatted(ROLE, root, root)));
        IdTokens.declare(CredentialsScope.SYSTEM, "aws-token", "sts.amazonaws.com");
        Backends.load("""
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - %s
            """.formatted(AwsForBuilds.source(
                aws,
                "accessKeyId: AKIANOBODY, secretAccessKey: any, webIdentity: {roleArn: \"" + ROLE
                        + "\", credentialsId: aws-token}",
                "/**")));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aJobReadsWithItsOwnTokenWhereTheControllerMayReadNothing() throws Exception {
        WorkflowRun build = run("shop");

        jenkins.assertBuildStatusSuccess(build);
        assertThat(aws.requests().to(Service.STS))
                .extracting(RecordedRequest::operation)
                .containsExactly("AssumeRoleWithWebIdentity");
    }

    @Test
    void anotherJobIsDeniedAndTheMessageNamesItsClaims() throws Exception {
        WorkflowRun build = run("pay");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("sub=" + jenkins.getURL() + "job/pay/job/web/", build);
        jenkins.assertLogContains("aud=sts.amazonaws.com", build);
        jenkins.assertLogNotContains("canary", build);
    }

    private WorkflowRun run(String folder) throws Exception {
        WorkflowJob job = jenkins.createProject(Folder.class, folder).createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([secret(variable: 'S', from: 'own:/shop/a')]) { echo 'bound' }", true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
