package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** References in any file of configuration as code. */
@WithJenkins
class EnvironmentSecretSourceTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        ssm: [{name: /ci/greeting, value: "welcome"}]
        secretsManager:
          - {name: ci/docker, json: {user: robot, password: "made-up $ {x} ${HOME} ^ \\" '"}}
        vault:
          mounts: [{path: secret, secrets: [{path: ci, data: {token: canary-77}}]}]
        """));

    private JenkinsRule jenkins;

    /** As system properties: the SDK reads them like AWS_REGION and AWS_ENDPOINT_URL_*. */
    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.endpointUrlSsm", backends.running().ssm().toString());
        System.setProperty(
                "aws.endpointUrlSecretsManager",
                backends.running().secretsManager().toString());
    }

    @AfterEach
    void clear() {
        System.clearProperty("aws.region");
        System.clearProperty("aws.endpointUrlSsm");
        System.clearProperty("aws.endpointUrlSecretsManager");
    }

    @Test
    void referencesResolveAnywhere() throws Exception {
        Backends.loadWhole("""
            jenkins:
              systemMessage: "${ssm:/ci/greeting}, ${sm:ci/docker#user}: ${sm:ci/docker#password}"
            """);

        assertThat(jenkins.jenkins.getSystemMessage()).isEqualTo("welcome, robot: made-up $ {x} ${HOME} ^ \" '");
        assertThat(backends.running().requests().all())
                .filteredOn(request -> request.service() == Service.SECRETS_MANAGER)
                .as("one read for both fields")
                .hasSize(1);
    }

    @Test
    void newLoadReadsAnew() throws Exception {
        String yaml = "jenkins: {systemMessage: '${ssm:/ci/greeting}'}\n";
        Backends.loadWhole(yaml);

        Backends.loadWhole(yaml);

        assertThat(backends.running().requests().all()).hasSize(2);
    }

    @Test
    void whatCannotBeResolvedFailsAndIsNotEmpty() throws Exception {
        jenkins.jenkins.setSystemMessage("before");

        assertRefused("${sm:ci/none}", "sm:ci/none: ");
        assertRefused("${sm:ci/docker#none}", "it has no field 'none'");
        assertRefused("${sm:ci/docker#}", "position 14: the field is empty");
        assertRefused("${vault:secret/ci#token}", "Set VAULT_ADDR to https://host:8200");
        assertRefused("${sm:ci/none:-otherwise}", "sm:ci/none");
        assertThat(jenkins.jenkins.getSystemMessage()).isEqualTo("before");
    }

    @Test
    void vaultIsFoundByItsOwnVariables() {
        EnvironmentSecretSource source = new EnvironmentSecretSource(
                Map.of("VAULT_ADDR", backends.running().vault().toString(), "VAULT_TOKEN", "demo-root-token"));

        assertThat(source.reveal("vault:secret/ci#token")).contains("canary-77");
        assertThat(source.reveal("HOME")).isEmpty();
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> Backends.loadWhole("jenkins: {systemMessage: \"" + text + "\"}\n"))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(why);
    }
}
