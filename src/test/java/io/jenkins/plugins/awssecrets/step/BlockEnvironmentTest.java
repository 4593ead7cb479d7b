package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a block takes from its surroundings, and what not. */
@WithJenkins
class BlockEnvironmentTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/aws", "{\"accessKeyId\": \"AKIACANARY\", \"secretAccessKey\": \"canary-secret-key\"}")
            .secret("ci/db", "{\"host\": \"db.example\", \"username\": \"app\", \"password\": \"canary-db\"}")
            .secret("ci/settings", "canary-settings"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
                credentials:
                  - aws: {id: deploy, from: "sm:ci/aws"}
                  - database: {id: db, from: "sm:ci/db"}
                  - file: {id: settings, fileName: settings.xml, content: "sm:ci/settings"}
                discovery: {enabled: false}
                """);
    }

    @Test
    void keyIsNeverMixedWithTheSessionOrPortOfAnother() throws Exception {
        WorkflowRun build = succeed("""
                withEnv(['AWS_SESSION_TOKEN=another', 'AWS_REGION=eu-north-1', 'DB_PORT=1', 'DB_URL=jdbc:another']) {
                  withAwsSecrets([aws('deploy'), database('db')]) {
                    sh 'echo "token ${AWS_SESSION_TOKEN-unset}, port ${DB_PORT-unset}, url ${DB_URL-unset}, region $AWS_REGION."'
                  }
                  sh 'echo "again $AWS_SESSION_TOKEN."'
                }
                """);

        jenkins.assertLogContains("token unset, port unset, url unset, region eu-north-1.", build);
        jenkins.assertLogContains("again another.", build);
    }

    @Test
    void filesAreBesideTheWorkspaceNotInItFromInsideOfAFolderOfItToo() throws Exception {
        WorkflowRun build = succeed("""
                dir('part') {
                  withAwsSecrets([file('settings')]) {
                    sh 'set +x; echo "in ${SETTINGS#"$WORKSPACE"}"; test -f "$SETTINGS"; find "$WORKSPACE" -name "aws-secrets-*" | wc -l'
                  }
                }
                """);

        assertThat(JenkinsRule.getLog(build)).containsPattern("(?m)^in @tmp/aws-secrets-\\S+\n0$");
    }

    @Test
    void variablesOfABlockAreKnownToPipelineAsSensitive() throws Exception {
        WorkflowRun build = succeed("""
                withAwsSecrets([database('db')]) { sh "true '$DB_PASSWORD'" }
                """);

        assertThat(JenkinsRule.getLog(build))
                .contains("A secret was passed to \"sh\" using Groovy String interpolation")
                .contains("[DB_PASSWORD]");
    }

    @Test
    void valueThatIsATextOfJenkinsEncryptionStaysThatText() {
        String text = Secret.fromString("what only the controller may read").getEncryptedValue();
        Map<String, String> environment = new HashMap<>();

        new BoundVariables(Map.of("VALUE", text), Set.of("VALUE")).addTo(environment);

        assertThat(environment).containsExactly(Map.entry("VALUE", text));
    }

    private WorkflowRun succeed(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return jenkins.buildAndAssertSuccess(job);
    }
}
