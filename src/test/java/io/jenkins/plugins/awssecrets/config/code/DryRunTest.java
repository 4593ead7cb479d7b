package io.jenkins.plugins.awssecrets.config.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Checking a configuration without loading it. */
@WithJenkins
class DryRunTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "before"));

    @Test
    void dryRunChecksAsALoadDoesAndTouchesNothing(JenkinsRule jenkins) throws Exception {
        Backends.loadWhole(WholeConfiguration.EVERYTHING);
        Instant changed = Catalog.get().changed();
        String before = WholeConfiguration.exported();
        String fine = """
            unclassified:
              awsSecrets:
                sources: []
                credentials:
                  - string: {id: other, secret: "sm:ci/other"}
            """;

        assertThatThrownBy(
                        () -> dryRun(fine + "      - string:\n          id: bad\n          secret: \"sm:ci/token#\"\n"))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(
                        "credentials[1].string.secret: position 13: the field is empty. Expected a member")
                .hasMessageContaining(":8");
        assertThatThrownBy(() -> dryRun("unclassified: {awsSecrets: {sources: [{ssm: {region: 'eu west'}}]}}"))
                .hasMessageContaining("sources[0].ssm.region: not a valid region");
        assertThatThrownBy(() -> dryRun("unclassified: {awsSecrets: {sources: []}}"))
                .as("a source of which credentials are left")
                .hasMessageContaining("credentials[1].usernamePassword.password: position 1: no source of that id");
        assertThat(dryRun(fine)).isEmpty();
        assertThat(WholeConfiguration.exported()).isEqualTo(before);
        assertThat(Catalog.get().changed()).isEqualTo(changed);
        assertThat(WholeConfiguration.isDeclared("other")).isFalse();
    }

    @Test
    void dryRunOverTheWebIsRefusedWithThePlaceAndNotTheText(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl("configuration-as-code/check"), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/yaml");
        request.setRequestBody("unclassified: {awsSecrets: {credentials: [{string: {id: a, secret: '"
                + WholeConfiguration.CANARY + "'}}]}}");

        WebResponse answer = client.loadWebResponse(request);

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString())
                .contains("credentials[0].string.secret: position 14: ")
                .doesNotContain(WholeConfiguration.CANARY);
        assertThat(AwsSecretsConfiguration.get().getCredentials()).isEmpty();
    }

    private static Map<?, ?> dryRun(String yaml) throws Exception {
        return ConfigurationAsCode.get()
                .checkWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }
}
