package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build may run as somebody who may not read its job. */
@WithJenkins
class BuildMaskPermissionTest {
    @Test
    void maskThatWasReadBackHidesForWhomTheJobIsNotThere(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition("semaphore 'inside'", true));
        Run<?, ?> build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        BuildSecrets.of(build).mask(List.of(SecretValue.of("canary-7c55e1")));
        BuildMask mask = readBack(new BuildMask(build));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));

        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(Jenkins.ANONYMOUS2);
                OutputStream masked = mask.decorate(log)) {
            masked.write("it is canary-7c55e1\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("it is ****\n");
        SemaphoreStep.success("inside/1", null);
        jenkins.waitForCompletion(build);
    }

    private static BuildMask readBack(BuildMask mask) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mask);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (BuildMask) in.readObject();
        }
    }
}
