package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

class WithoutAwsCredentialsTest {
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins("aws-credentials");

    @Test
    void otherKindsWorkWhereThePluginOfAwsKeysIsNotInstalled() throws Throwable {
        jenkins.then(WithoutAwsCredentialsTest::allKindsAreListedButAwsKeys);
    }

    private static void allKindsAreListedButAwsKeys(JenkinsRule rule) throws Exception {
        assertThat(rule.jenkins.getPluginManager().getPlugin("aws-credentials")).isNull();
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (KindsTest.DECLARED
                                + "sources: [{ssm: {region: eu-west-1}}, {vault: {url: \"http://127.0.0.1:1\", auth: {token: {token: x}}}}]\n")
                        .indent(4));

        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, rule.jenkins, ACL.SYSTEM2, List.of()))
                .extracting(IdCredentials::getId)
                .containsExactlyInAnyOrder("token", "login", "registry", "orders", "key", "cert", "file");
        assertThat((Object) CredentialsProvider.findCredentialByIdInItemGroup(
                        "deploy", StandardCredentials.class, rule.jenkins, ACL.SYSTEM2, List.of()))
                .isNull();
    }
}
