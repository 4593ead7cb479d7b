package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Credentials that nobody stores, in builds. */
@WithJenkins
class MintedCredentialsTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{id: demo}]
          roles: [{arn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins}]
        """));

    @Test
    void aBlockGetsWhatASourcesLoginMakes(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = build(jenkins, """
            node {
              withAwsSecrets([aws('deploy'), dockerRegistry('ecr'), database('orders')]) {
                sh '''set +x; echo "key ${#AWS_SESSION_TOKEN} $AWS_SECRET_ACCESS_KEY $AWS_REGION"
                   echo "$DOCKER_REGISTRY $DOCKER_PASSWORD"; grep -c dkr.ecr "$DOCKER_CONFIG/config.json"
                   echo "$DB_HOST $DB_PASSWORD"'''
              }
              withAwsSecrets([aws('deploy')]) { sh 'test -n "$AWS_SESSION_TOKEN"' }
            }
            """);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .contains(" **** eu-west-1", " ****\n1\n", "db.example ****")
                .contains("deploy: role arn:aws:iam::123456789012:role/deployer, made by source sm")
                .doesNotContain("demo-ecr-", "X-Amz-Signature", "key 0 ", "!role");
        assertThat(backends.running().requests().count(Service.STS, "AssumeRole"))
                .as("a second block of the build gets the session that is good yet")
                .isEqualTo(1);
        assertThat(backends.running().requests().count(Service.ECR, "GetAuthorizationToken"))
                .isEqualTo(1);
        assertThat(backends.running().requests().to(Service.SECRETS_MANAGER)).isEmpty();
    }

    @Test
    void aRoleThatIsRefusedIsToldWithThePermission(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = build(jenkins, "withAwsSecrets([aws('refused')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build)).contains("sts:AssumeRole").doesNotContain("inside", "!role");
    }

    @Test
    void thePlacesWhereJenkinsTakesAnIdGetIt(JenkinsRule jenkins) throws Exception {
        configure();

        StandardUsernamePasswordCredentials ecr = CredentialsProvider.findCredentialByIdInItemGroup(
                "ecr", StandardUsernamePasswordCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        assertThat(ecr.getUsername()).isEqualTo("AWS");
        assertThat(ecr.getPassword().getPlainText()).startsWith("demo-ecr-");
    }

    @Test
    void noReferenceReachesWhatIsMade(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = build(
                jenkins,
                "withAwsSecrets([secret(variable: 'X', from:"
                        + " 'sm:%21role%20roleArn=arn:aws:iam::123456789012:role/deployer&externalId=jenkins')]) { echo"
                        + " 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogNotContains("inside", build);
        assertThat(backends.running().requests().all()).isEmpty();
    }

    private void configure() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s", stsEndpoint: "%s", allow: [{names: ["**"]}]}
                credentials:
                  - aws: {id: deploy, region: eu-west-1, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins}}
                  - aws: {id: refused, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/other"}}
                  - dockerRegistry: {id: ecr, ecr: {source: sm, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, endpoint: "%s"}}
                  - database: {id: orders, engine: postgres, host: db.example, username: ci, rdsToken: {source: sm, region: eu-west-1}}
                discovery: {enabled: false}
            """.formatted(
                        backends.running().secretsManager(),
                        backends.running().sts(),
                        backends.running().ecr()));
    }

    private static WorkflowRun build(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
