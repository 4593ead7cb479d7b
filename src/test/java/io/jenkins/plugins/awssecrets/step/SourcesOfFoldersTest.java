package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A folder may have a source of an id that Jenkins has too, of another account. */
@WithJenkins
class SourcesOfFoldersTest {
    @RegisterExtension
    final Backends backends =
            new Backends(Seed.empty().secret("ci/one", "canary-above-1").secret("ci/two", "canary-above-2"));

    private final DemoBackends ofTheTeam =
            DemoBackends.start(Seed.empty().secret("ci/one", "canary-team-1").secret("ci/two", "canary-team-2"));

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends.configure("""
            credentials:
              - string: {id: above, secret: "sm:ci/one"}
              - string: {id: again, secret: "sm:ci/one"}
            discovery: {enabled: false}
            """, ofTheTeam.secretsManager());
        SecretsManagerConfiguration own = new SecretsManagerConfiguration("sm");
        own.setRegion("eu-west-1");
        own.setEndpoint(ofTheTeam.secretsManager().toString());
        own.setAccessKeyId("demo");
        own.setSecretAccessKey(Secret.fromString("demo"));
        SourceRule everything = new SourceRule();
        everything.setNames(List.of("**"));
        own.setAllow(List.of(everything));
        StringCredential two = new StringCredential("own");
        two.setSecret("sm:ci/two");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(List.of(own));
        property.setCredentials(List.of(two));
        team = jenkins.createProject(Folder.class, "team");
        team.addProperty(property);
    }

    @AfterEach
    void stop() {
        ofTheTeam.close();
    }

    @Test
    void credentialReadsTheSourceOfThePlaceThatDeclaresIt() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job("""
            withAwsSecrets([string('above'), string('again'), string('own'), secret(variable: 'HERE', from: 'sm:ci/two')]) {
              writeFile file: 'bound', text: "$ABOVE $AGAIN $OWN $HERE"
            }
            """));

        assertThat(jenkins.jenkins
                        .getWorkspaceFor(build.getParent())
                        .child("bound")
                        .readToString())
                .isEqualTo("canary-above-1 canary-above-1 canary-team-2 canary-team-2");
    }

    @Test
    void oneNameInBothIsRefusedAndNotMixedUp() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                job("withAwsSecrets([string('above'), secret(variable: 'HERE', from: 'sm:ci/one')]) { echo 'in it' }"));

        jenkins.assertLogContains("Rename the folder's source, or bind the two in separate blocks", build);
        jenkins.assertLogNotContains("in it", build);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job;
    }
}
