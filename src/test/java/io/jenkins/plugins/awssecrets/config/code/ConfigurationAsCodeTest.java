package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.FilesOfJenkins;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is said in code is there at once, is exported again, and is on disk without its secrets. */
@WithJenkins
class ConfigurationAsCodeTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "before"));

    @Test
    void exportGivesBackAllThatWasSaid(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(WholeConfiguration.EVERYTHING);
        String exported = WholeConfiguration.exported();
        AwsSecretsConfiguration.get().setCredentials(List.of());
        AwsSecretsConfiguration.get().setSources(List.of());

        Backends.loadWhole("unclassified:\n  awsSecrets:\n" + exported.indent(4));

        assertThat(WholeConfiguration.exported()).isEqualTo(exported).doesNotContain(WholeConfiguration.CANARY);
        assertThat(AwsSecretsConfiguration.get().getSources()).hasSize(14);
        assertThat(AwsSecretsConfiguration.get().getCredentials()).hasSize(16);
        assertThat(exported)
                .contains(
                        "assumeRole",
                        "arn:aws:iam::123456789012:role/second",
                        "stripPrefix",
                        "hideDescription: true",
                        "kubernetes",
                        "90s",
                        "payments/**",
                        "role/payments-*",
                        "unix:///run/agent.sock")
                .contains("perBuild: true", "tags: true", "exactPolicy: true", "credentialsId: \"aws-token\"")
                .contains("role/jenkins/^${folder}", "role/of/^${job}")
                .contains("rdsToken", "ecr:", "role/deployer", "fileOnly: true", "vaultSsh:", "${job}.ci.example")
                .contains("wrapped: true", "scope: \"SYSTEM\"".replace("\"", ""));
        assertThat(AwsSecretsConfiguration.get()
                        .getSources()
                        .get(0)
                        .getAllow()
                        .get(0)
                        .getNames())
                .as("names of the environment in the place of the job's")
                .containsExactly("/ci/*", "/team/${folder}/**", "/job/${job}");
        assertThat(AwsSecretsConfiguration.get().getCredentials().get(1).getAllow())
                .hasSize(2);
        assertThat(WholeConfiguration.tokenOfV1()).isEqualTo(WholeConfiguration.CANARY + "-4");
    }

    @Test
    void noSecretIsOnDiskInTheClear(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(WholeConfiguration.EVERYTHING);

        assertThat(FilesOfJenkins.with(WholeConfiguration.CANARY)).isEmpty();
        assertThat(FilesOfJenkins.with("other-account")).isNotEmpty();
    }

    @Test
    void savingTakesEffectAtOnce(JenkinsRule jenkins) throws Exception {
        backends.configure("credentials: [{string: {id: first, secret: 'sm:ci/token'}}]\n");
        assertThat(WholeConfiguration.isDeclared("first")).isTrue();
        Object before = Catalog.get().in(jenkins.jenkins).source("sm").orElseThrow();

        Backends.loadWhole("unclassified:\n  awsSecrets:\n"
                + (backends.sources().replaceFirst("id: sm,", "id: sm, filter: {namePrefix: ci/},")
                                + "credentials: [{string: {id: second, secret: 'sm:ci/token'}}]\n")
                        .indent(4));

        assertThat(WholeConfiguration.isDeclared("first")).isFalse();
        assertThat(WholeConfiguration.isDeclared("second")).isTrue();
        assertThat(Catalog.get().in(jenkins.jenkins).source("sm").orElseThrow()).isNotSameAs(before);
    }
}
