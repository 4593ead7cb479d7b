package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The README's first example, and the demo's Jenkinsfile, as they stand. */
@WithJenkins
class ReadmeTest {
    private static final String SSM = "aws.endpointUrlSsm";
    private static final String SECRETS_MANAGER = "aws.endpointUrlSecretsManager";

    @RegisterExtension
    final Backends backends = new Backends(seed());

    @BeforeEach
    void lead() {
        System.setProperty(SSM, backends.running().ssm().toString());
        System.setProperty(SECRETS_MANAGER, backends.running().secretsManager().toString());
    }

    @AfterEach
    void leadNoMore() {
        System.clearProperty(SSM);
        System.clearProperty(SECRETS_MANAGER);
    }

    @Test
    void firstExampleOfTheReadmeDeploys(JenkinsRule jenkins) throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Backends.load(firstBlock(readme, "yaml"));
        WorkflowJob job = job(jenkins, firstBlock(readme, "groovy"));
        FilePath script = jenkins.jenkins.getWorkspaceFor(job).child("deploy.sh");
        script.write("""
            #!/bin/sh
            echo "$DOCKER_USERNAME:$DOCKER_PASSWORD@$DOCKER_REGISTRY with $ORDERS_PASSWORD and $SONAR_TOKEN"
            test -f "$DOCKER_CONFIG/config.json" && test -n "$ORDERS_USERNAME" && echo complete
            """, "UTF-8");
        script.chmod(0755);
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("ci-robot:****@registry.example.com with **** and ****", build);
        jenkins.assertLogContains("complete", build);
    }

    @Test
    void jenkinsfileOfTheDemoShowsNoSecret(JenkinsRule jenkins) throws Exception {
        String jcasc = Files.readString(Path.of("demo", "jenkins.yaml"));
        backends.configure(jcasc.substring(jcasc.indexOf("    credentials:"), jcasc.indexOf("\njobs:") + 1)
                .replaceAll("(?m)^ {4}", ""));
        EnvironmentVariablesNodeProperty environment =
                new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry(
                        "DEMO", Path.of("demo").toAbsolutePath().toString()));
        jenkins.jenkins.getGlobalNodeProperties().add(environment);
        WorkflowRun build =
                jenkins.buildAndAssertSuccess(job(jenkins, Files.readString(Path.of("demo", "Jenkinsfile"))));

        assertThat(JenkinsRule.getLog(build))
                .contains("# Docker", "# Database", "# Cloud")
                .doesNotContain(
                        "demo-docker-P@ssw0rd",
                        "demo-second",
                        "squ_demo_made_up_token",
                        "demo-nexus-password",
                        "AKIADEMO",
                        "demo-session-");
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isOne();
    }

    private static Seed seed() {
        try {
            return Seed.read(Path.of("demo", "seeds.yaml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String firstBlock(String page, String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
