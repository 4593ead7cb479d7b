package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A docker directory that the agent's user has already, and the block's. */
@WithJenkins
class DockerHomeTest {
    private static final String BLOCK = """
            withAwsSecrets([dockerRegistry('registry')]) {
              sh '''set +x
                    grep -o '"http[A-Za-z]*":"[^"]*"' "$DOCKER_CONFIG/config.json"
                    grep -o '"[a-z.]*example":' "$DOCKER_CONFIG/config.json" | sort
                    cat "$DOCKER_CONFIG/contexts/meta/one.json"
                    "$DOCKER_CONFIG/cli-plugins/docker-buildx"'''
            }
            sh 'set +x; ls mine/.docker mine/.docker/contexts/meta; ls -A "$WORKSPACE@tmp"'
            """;

    private static final String FILES = """
            writeFile file: 'mine/.docker/config.json', text: '{"auths":{"mine.example":{"auth":"bWluZTptaW5l"}},"proxies":{"default":{"httpProxy":"http://proxy:1"}}}'
            writeFile file: 'mine/.docker/contexts/meta/one.json', text: 'context one\\n'
            writeFile file: 'mine/.docker/cli-plugins/docker-buildx', text: '#!/bin/sh\\necho plugin buildx\\n'
            sh 'chmod +x mine/.docker/cli-plugins/docker-buildx'
            """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/docker", "canary-docker"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
                credentials:
                  - dockerRegistry: {id: registry, registry: r.example, username: u, password: "sm:ci/docker"}
                  - dockerRegistry: {id: second, registry: second.example, username: u, password: "sm:ci/docker"}
                discovery: {enabled: false}
                """);
    }

    @Test
    void directoryThatTheVariableNamesGoesOnToCount() throws Exception {
        assertKept(succeed(FILES + "withEnv([\"DOCKER_CONFIG=${pwd()}/mine/.docker\"]) {\n" + BLOCK + "}"));
    }

    @Test
    void directoryIsFoundFromWhereTheStepsRun() throws Exception {
        assertKept(succeed(FILES + "withEnv(['DOCKER_CONFIG=mine/.docker']) {\n" + BLOCK + "}"));
    }

    @Test
    void directoryAtHomeGoesOnToCount() throws Exception {
        assertKept(succeed(FILES + "withEnv([\"HOME=${pwd()}/mine\"]) {\n" + BLOCK + "}"));
    }

    @Test
    void blockInABlockHasTheLoginsOfBoth() throws Exception {
        WorkflowRun build = succeed("""
                withEnv(['HOME=/nowhere']) {
                  withAwsSecrets([dockerRegistry('registry')]) {
                    withAwsSecrets([dockerRegistry('second')]) {
                      sh 'grep -o \\'"[a-z.]*example":\\' "$DOCKER_CONFIG/config.json" | sort'
                    }
                    sh 'echo outer has $(grep -c second "$DOCKER_CONFIG/config.json")'
                  }
                }
                """);

        assertThat(JenkinsRule.getLog(build)).contains("\"r.example\":\n\"second.example\":\n", "outer has 0");
    }

    private static void assertKept(WorkflowRun build) throws Exception {
        assertThat(JenkinsRule.getLog(build))
                .contains("\"httpProxy\":\"http://proxy:1\"\n\"mine.example\":\n\"r.example\":\n")
                .contains("context one\nplugin buildx\n")
                .contains("cli-plugins\nconfig.json\ncontexts\n\nmine/.docker/contexts/meta:\none.json\n")
                .doesNotContain("aws-secrets-");
    }

    private WorkflowRun succeed(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return jenkins.buildAndAssertSuccess(job);
    }
}
