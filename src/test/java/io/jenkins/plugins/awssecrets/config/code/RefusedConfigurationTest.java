package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfiguratorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code refuses, where it says so, and that all stays as it was then. */
@WithJenkins
class RefusedConfigurationTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "before"));

    @Test
    void malformedReferenceIsRefusedWithItsPlaceAndNothingChanges(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(WholeConfiguration.EVERYTHING);

        assertThatThrownBy(() -> Backends.loadWhole("""
            unclassified:
              awsSecrets:
                credentials:
                  - string: {id: fine, secret: "sm:ci/token"}
                  - string:
                      id: bad
                      secret: "sm:ci/token#"
            """))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(
                        "credentials[1].string.secret: position 13: the field is empty. Expected a member")
                .hasMessageContaining(":7");
        assertThat(AwsSecretsConfiguration.get().getCredentials()).hasSize(16);
        assertThat(WholeConfiguration.isDeclared("token")).isTrue();
        assertThat(WholeConfiguration.isDeclared("fine")).isFalse();
    }

    @Test
    void everySettingIsChecked(JenkinsRule jenkins) {
        assertRefused("sources: [{ssm: {region: 'eu west'}}]", "sources[0].ssm.region: not a valid region");
        assertRefused("sources: [{ssm: {id: '1a'}}]", "sources[0].ssm.id: not a valid source id");
        assertRefused("sources: [{ssm: {}}, {ssm: {}}]", "sources[1].ssm.id: an earlier source has the same id");
        assertRefused("sources: [{ssm: {endpoint: 'ftp://a'}}]", "sources[0].ssm.endpoint: not a valid URL");
        assertRefused(
                "sources: [{ssm: {endpoint: 'https://a', fips: true}}]", "sources[0].ssm.fips: a custom endpoint");
        assertRefused(
                "sources: [{ssm: {profile: a, credentialsId: b}}]", "sources[0].ssm: several authentication methods");
        assertRefused("sources: [{ssm: {accessKeyId: a}}]", "sources[0].ssm.secretAccessKey: half of an access key");
        assertRefused(
                "sources: [{ssm: {assumeRole: {roleArn: 'role/ci'}}}]",
                "sources[0].ssm.assumeRole[0].roleArn: not the ARN of a role");
        assertRefused(
                "sources: [{ssm: {assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/ci', durationSeconds: 60}}}]",
                "sources[0].ssm.assumeRole[0].durationSeconds");
        assertRefused("sources: [{ssm: {filter: {namePrefix: a}}}]", "sources[0].ssm.filter.namePrefix");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {agent: {}}, mounts: [{path: kv, kvVersion: 3}]}}]",
                "sources[0].vault.mounts[0].kvVersion: no version of the KV engine");
        assertRefused("sources: [{vault: {url: 'https://v/v1'}}]", "sources[0].vault.url: it ends with /v1");
        assertRefused(
                "sources: [{vault: {url: 'https://u:p@v'}}]", "sources[0].vault.url: the address contains a user");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {userPass: {username: a}}}}]",
                "sources[0].vault.auth.userPass.password: it is missing");
        assertRefused(
                "sources: [{vault: {url: 'https://v', auth: {certificate: {}}}}]",
                "sources[0].vault.clientCertificate: the authentication method TLS certificate needs it");
        assertRefused(
                "credentials: [{string: {id: 'a b', secret: 'sm:a'}}]", "credentials[0].string.id: the id is empty or");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'nowhere:a'}}]",
                "credentials[0].string.secret: position 1: no source of that id. Expected one of sm, ssm, vault");
        assertRefused(
                "credentials: [{usernamePassword: {id: a, username: u}}]",
                "credentials[0].usernamePassword: the field password is missing");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'sm:a'}}, {string: {id: a, secret: 'sm:b'}}]",
                "credentials[1].string.id: an earlier credential has the same id");
        assertRefused(
                "credentials: [{string: {id: a, secret: 'sm:a'}}, {string: {id: b, secret: 'sm:b', allow: []}}]",
                "credentials[1].string.allow: the list is empty");
        assertRefused("metadataCache: soon", "metadataCache: not a valid duration");
    }

    private static void assertRefused(String yaml, String why) {
        assertThatThrownBy(() -> Backends.loadWhole("unclassified:\n  awsSecrets:\n" + yaml.indent(4)))
                .as(yaml)
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(why);
        assertThat(AwsSecretsConfiguration.get().getSources()).isEmpty();
        assertThat(AwsSecretsConfiguration.get().getCredentials()).isEmpty();
    }
}
