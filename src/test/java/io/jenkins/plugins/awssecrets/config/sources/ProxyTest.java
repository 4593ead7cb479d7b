package io.jenkins.plugins.awssecrets.config.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ProxyTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
            secretsManager: [{name: ci/token, string: canary-5d}]
            vault:
              mounts: [{path: secret, secrets: [{path: ci, data: {token: canary-5d}}]}]
            """));

    @ParameterizedTest
    @ValueSource(strings = {"sm:ci/token", "vault:secret/ci#token"})
    void proxyOfJenkinsAndItsExceptionsCountAtOnce(String reference, JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        assertThat(read(jenkins, reference, 30)).isEqualTo("canary-5d");

        proxy(jenkins, "");
        assertThatThrownBy(() -> read(jenkins, reference, 3)).isInstanceOf(SecretException.class);

        proxy(jenkins, "*.example\n127.0.*");
        assertThat(read(jenkins, reference, 30)).isEqualTo("canary-5d");
    }

    /** One that nobody listens at: who goes through it fails. */
    private static void proxy(JenkinsRule jenkins, String direct) throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            ProxyConfiguration proxy = new ProxyConfiguration("localhost", closed.getLocalPort(), null, null, direct);
            jenkins.jenkins.setProxy(proxy);
            proxy.save();
        }
    }

    private static String read(JenkinsRule jenkins, String text, int seconds) {
        Reference reference = Reference.parse(text);
        return Catalog.get()
                .in(jenkins.jenkins)
                .resolver()
                .resolve(List.of(reference), Deadline.in(Duration.ofSeconds(seconds)))
                .value(reference, false, false)
                .reveal();
    }
}
