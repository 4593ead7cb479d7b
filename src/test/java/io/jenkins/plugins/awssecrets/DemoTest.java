package io.jenkins.plugins.awssecrets;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.demo.Service;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The demo that {@code bin/run} shows: its seeds, configuration, pipeline and script, as they are. */
@WithJenkins
class DemoTest {
    @RegisterExtension
    final Backends backends = new Backends(DemoConfiguration.seeds());

    @Test
    void theDemosPipelineGetsItsSecretsAndItsLogShowsNone(JenkinsRule jenkins) throws Exception {
        Backends.load(DemoConfiguration.of(backends.running(), jenkins.getURL().toString()));

        WorkflowJob job = jenkins.jenkins.getItemByFullName("demo", WorkflowJob.class);
        WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "docker login registry.example.com -u ci-robot -p ****\n",
                        "{\"auths\":{\"registry.example.com\":{\"auth\":\"****\"}}}\n",
                        "psql jdbc:postgresql://orders.db.example.com:5432/shop as orders_clone\n",
                        "PGPASSWORD=**** psql\n",
                        "postgres://orders_clone:****@orders.db.example.com:5432/shop\n",
                        "AWS_SECRET_ACCESS_KEY=****\n",
                        "sonar.login = ****\n",
                        "curl -u nexus-robot:**** https://nexus.example.com\n")
                .doesNotContain(
                        "demo-docker-P@ssw0rd", "demo-second", "squ_demo", "AKIADEMO", "demo-session", "demo-nexus");
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .as("leases of the cloud's keys that were revoked")
                .isEqualTo(1);
    }
}
