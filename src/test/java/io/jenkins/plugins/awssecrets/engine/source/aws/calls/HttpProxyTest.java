package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProxyTest {
    /** Port 9 (discard) of the loopback: nobody listens there. */
    private static final int NOBODY = 9;

    private static final Locator A = locator("ssm", "/ci/a");

    private final DemoBackends backends = DemoBackends.start(Seed.empty().parameter("/ci/a", "value"));

    @AfterEach
    void stop() {
        backends.close();
    }

    private static HttpProxy proxy(int port, String... direct) {
        return new HttpProxy("127.0.0.1", port, Optional.empty(), Optional.empty(), List.of(direct));
    }

    @Test
    void callsGoThroughTheProxy() {
        // The service's own server stands in: a proxied request over plain HTTP differs in its request line alone.
        AwsSettings settings = DemoAws.settings(URI.create("http://parameter-store.invalid"), backends)
                .withProxy(proxy(backends.ssm().getPort()));
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
        }
    }

    @Test
    void hostsOnTheNoProxyListAreCalledDirectly() {
        AwsSettings settings =
                DemoAws.settings(backends.ssm(), backends).withProxy(proxy(NOBODY, "*.example.com", "127.*"));
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
        }
    }

    @Test
    void aProxyThatIsDownMakesTheSourceUnreachable() {
        AwsSettings settings = DemoAws.settings(backends.ssm(), backends).withProxy(proxy(NOBODY));
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(failed(source.fetch(List.of(A), soon()), A).problem()).isEqualTo(Problem.UNREACHABLE);
        }
    }

    @Test
    void hostsAreMatchedAsJenkinsMatchesThem() {
        List<String> hosts = HttpProxy.hostsIn("localhost, *.Example.com|10.0.*\n\tapi*.internal");
        assertThat(hosts).containsExactly("localhost", "*.Example.com", "10.0.*", "api*.internal");
        HttpProxy proxy = proxy(NOBODY, hosts.toArray(String[]::new));
        assertThat(List.of("localhost", "ssm.example.com", "10.0.0.1", "api7.internal"))
                .allMatch(host -> proxy.nonProxyExpressions().stream().anyMatch(host::matches));
        assertThat(List.of("localhost.example.org", "example.com", "10x0.0.1", "api7xinternal"))
                .noneMatch(host -> proxy.nonProxyExpressions().stream().anyMatch(host::matches));
    }
}
