package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WarmUpTest {
    private static final Map<String, String> AS_CODE = Map.of("CASC_JENKINS_CONFIG", "/etc/jenkins.yaml");

    @TempDir
    private Path home;

    @Test
    void whatNobodyConfiguredIsNotPrepared(JenkinsRule jenkins) throws Exception {
        assertThat(isDue(Map.of())).as("nothing is configured").isFalse();

        assertThat(isDue(AS_CODE)).as("the configuration is still to come").isTrue();
        Files.createFile(home.resolve("jenkins.yaml"));
        assertThat(isDue(Map.of())).as("the same, from its default place").isTrue();

        save(new SsmConfiguration("ssm"));
        assertThat(isDue(AS_CODE)).as("another source is configured").isFalse();

        save(new SecretsManagerConfiguration("sm"));
        assertThat(isDue(Map.of())).as("Secrets Manager is configured").isTrue();

        AwsSecretsConfiguration.get().setDiscovery(new DiscoveryConfiguration(false));
        assertThat(isDue(AS_CODE)).as("nothing is listed").isFalse();
    }

    private boolean isDue(Map<String, String> environment) {
        return WarmUp.isDue(AwsSecretsConfiguration.get(), environment, home);
    }

    private static void save(SourceConfiguration source) {
        AwsSecretsConfiguration.get().setSources(List.of(source));
    }
}
