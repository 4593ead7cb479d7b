package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Keys and certificates that Vault makes for a block. */
@WithJenkins
class MadeByVaultTest {
    private static final String BLOCK = """
        node {
          withAwsSecrets([sshKey(credentialsId: 'deploy-key', prefix: 'SSH'), certificate(credentialsId: 'client', prefix: 'TLS')]) {
            sh '''set +x
              test "$SSH_CERTIFICATE_FILE" = "$SSH_KEY_FILE-cert.pub" && echo "user $SSH_USERNAME"
              echo "key $(cksum < "$SSH_KEY_FILE")"
              openssl pkcs12 -in "$TLS_KEYSTORE" -passin env:TLS_PASSWORD -nokeys -clcerts 2>/dev/null | openssl x509 -noout -subject
              cat "$SSH_KEY_FILE"'''
          }
        }
        """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        vault:
          mounts:
            - {path: ssh, type: ssh, roles: {ci: {ttl: 30m, fields: {allowedUsers: deploy}}}}
            - {path: pki, type: pki, roles: {ci: {ttl: 30m, fields: {allowedDomain: ci.example, generateLease: "true"}}, plain: {ttl: 30m}, unstored: {ttl: 30m, fields: {noStore: "true"}}}}
        """));

    @Test
    void eachBlockHasAKeyAndACertificateOfItsOwnWithTheNameOfTheJob(JenkinsRule jenkins) throws Exception {
        configure();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web");

        WorkflowRun build = build(job, BLOCK + BLOCK);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        String log = JenkinsRule.getLog(build);
        assertThat(log)
                .contains("user deploy", "web.ci.example", "****")
                .contains("deploy-key: vaultSsh ci, made by source vault")
                .doesNotContain("b3BlbnNzaC1rZXktdjE", "!vault");
        Matcher keys = Pattern.compile("key (\\d+ \\d+)").matcher(log);
        assertThat(keys.results().map(key -> key.group(1)).toList()).hasSize(2).doesNotHaveDuplicates();
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .as("each certificate's lease is revoked with its block")
                .isEqualTo(2);
    }

    @Test
    void aCertificateWithoutALeaseIsRevokedWithItsBlock(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = build(
                jenkins.createProject(WorkflowJob.class, "web"),
                "node { withAwsSecrets([certificate('plain')]) { sh 'test -s \"$PLAIN_KEYSTORE\"' } }\n"
                        + "echo 'after the block'");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogNotContains("not revoked", build);
        assertThat(backends.running().requests().all())
                .filteredOn(request -> request.operation().equals("write"))
                .extracting(request -> String.join(" ", request.names()))
                .containsExactly("pki/issue/plain", "pki/revoke");
    }

    @Test
    void theLogSaysUntilWhenACertificateIsGoodThatCannotBeRevoked(JenkinsRule jenkins) throws Exception {
        configure();

        WorkflowRun build = build(
                jenkins.createProject(WorkflowJob.class, "web"),
                "node { withAwsSecrets([certificate('unstored')]) { sh 'test -s \"$UNSTORED_KEYSTORE\"' } }");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build))
                .containsPattern(
                        "vaultPki unstored, made by source vault: .*a certificate is not revoked and expires at"
                                + " 2\\S+Z: Vault does not store the certificates of the role \\(no_store\\)");
    }

    @Test
    void aJobWhoseNameNoCertificateCanHaveIsRefused(JenkinsRule jenkins) throws Exception {
        configure();
        WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "web");

        WorkflowRun build = build(job, "withAwsSecrets([certificate('client')]) { echo 'inside' }");

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("'shop/web' has characters")
                .doesNotContain("inside");
        assertThat(backends.running().requests().count(Service.VAULT, "write")).isZero();
    }

    @Test
    void theVariableOfABuildsEnvironmentSaysNothing(JenkinsRule jenkins) throws Exception {
        configure();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web");

        WorkflowRun build = build(job, "withEnv(['job=root', 'JOB_NAME=root']) {\n" + BLOCK + "}");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build)).contains("web.ci.example").doesNotContain("root.ci.example");
    }

    private void configure() throws Exception {
        backends.configure("""
            credentials:
              - sshKey: {id: deploy-key, username: deploy, vaultSsh: {source: vault, role: ci}}
              - certificate: {id: client, vaultPki: {source: vault, role: ci, commonName: "${job}.ci.example"}}
              - certificate: {id: plain, vaultPki: {source: vault, role: plain, commonName: web.example}}
              - certificate: {id: unstored, vaultPki: {source: vault, role: unstored, commonName: web.example}}
            discovery: {enabled: false}
            """);
    }

    private static WorkflowRun build(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
