package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

class WithoutTheirPluginsTest {
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .omitPlugins("aws-credentials", "docker-commons", "github-branch-source", "gitlab-plugin");

    @Test
    void otherKindsWorkWhereThePluginsOfSomeAreNotInstalled() throws Throwable {
        jenkins.then(WithoutTheirPluginsTest::allKindsAreListedButTheirs);
    }

    private static void allKindsAreListedButTheirs(JenkinsRule rule) throws Exception {
        assertThat(rule.jenkins.getPluginManager().getPlugin("aws-credentials")).isNull();
        assertThat(rule.jenkins.getPluginManager().getFailedPlugins()).isEmpty();
        String theirs = KindsOfOtherPluginsTest.DECLARED
                .replaceFirst("credentials:\\n", "")
                .replace("@API@", "https://github.example/api/v3");
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (KindsTest.DECLARED.replace("discovery:", theirs + "discovery:")
                                + "sources: [{ssm: {region: eu-west-1}}, {vault: {url: \"http://127.0.0.1:1\", auth:"
                                + " {token: {token: x}}}}]\n")
                        .indent(4));

        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, rule.jenkins, ACL.SYSTEM2, List.of()))
                .extracting(IdCredentials::getId)
                .containsExactlyInAnyOrder("token", "login", "registry", "orders", "key", "cert", "file");
        for (String id : List.of("deploy", "docker-tls", "gitlab", "app")) {
            assertThat((Object) CredentialsProvider.findCredentialByIdInItemGroup(
                            id, StandardCredentials.class, rule.jenkins, ACL.SYSTEM2, List.of()))
                    .as(id)
                    .isNull();
        }
        assertThatThrownBy(() -> InstallationTokens.make("app", Map.of(), null))
                .hasMessage(
                        "githubApp 'app': its installation tokens need the plugin GitHub Branch Source, which is not"
                                + " installed. Install the plugin, or bind the private key itself with privateKeyFile:"
                                + " true");
    }
}
