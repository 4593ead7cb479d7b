package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.keys;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts are called, seen by a proxy that refuses to connect to any of them. */
class AwsEndpointsTest {
    private static final Locator A = locator("aws", "ci-a");

    private final Queue<String> requestLines = new ConcurrentLinkedQueue<>();
    private ServerSocket proxy;

    @BeforeEach
    void listen() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::refuseAll, "refusing proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void refuseAll() {
        while (!proxy.isClosed()) {
            try (Socket client = proxy.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                requestLines.add(in.readLine());
                while (!in.readLine().isEmpty()) {
                    // The headers tell nothing here.
                    continue;
                }
                client.getOutputStream()
                        .write("HTTP/1.1 403 canary\r\nContent-Length: 6\r\nConnection: close\r\n\r\ncanary"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The next client, or the end.
                continue;
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private AwsSettings settings(String region) {
        return AwsSettings.DEFAULTS
                .withRegion(region)
                .withLogin(keys("AKIADEMO", "any"))
                .withProxy(new HttpProxy(
                        "127.0.0.1", proxy.getLocalPort(), Optional.empty(), Optional.empty(), List.of()));
    }

    private static SecretException fetch(SecretSource source) {
        try (source) {
            return failed(source.fetch(List.of(A), soon()), A);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, false, false, ssm.eu-west-1.amazonaws.com, secretsmanager.eu-west-1.amazonaws.com",
        "us-east-1, true, false, ssm-fips.us-east-1.amazonaws.com, secretsmanager-fips.us-east-1.amazonaws.com",
        "eu-west-1, false, true, ssm.eu-west-1.api.aws, secretsmanager.eu-west-1.amazonaws.com",
        "cn-north-1, false, false, ssm.cn-north-1.amazonaws.com.cn, secretsmanager.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, false, false, ssm.us-gov-west-1.amazonaws.com, secretsmanager.us-gov-west-1.amazonaws.com"
    })
    void hostsAreThoseOfRegionPartitionAndKind(
            String region, boolean fips, boolean dualStack, String ssm, String secretsManager) {
        AwsSettings settings = settings(region).withFips(fips).withDualStack(dualStack);
        fetch(new SsmSource("aws", settings, SourceFilter.NONE));
        assertThat(requestLines).isNotEmpty().containsOnly("CONNECT " + ssm + ":443 HTTP/1.1");
        requestLines.clear();
        fetch(new SecretsManagerSource("aws", settings, SourceFilter.NONE));
        assertThat(requestLines).isNotEmpty().containsOnly("CONNECT " + secretsManager + ":443 HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, false, false, sts.eu-west-1.amazonaws.com",
        "us-east-1, true, false, sts-fips.us-east-1.amazonaws.com",
        "eu-west-1, false, true, sts.eu-west-1.api.aws",
        "cn-north-1, false, false, sts.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, false, false, sts.us-gov-west-1.amazonaws.com"
    })
    void stsIsCalledInTheSourcesRegionAndThroughItsProxy(String region, boolean fips, boolean dualStack, String sts) {
        String partition = region.startsWith("cn") ? "aws-cn" : region.startsWith("us-gov") ? "aws-us-gov" : "aws";
        AwsSettings settings = settings(region)
                .withFips(fips)
                .withDualStack(dualStack)
                .withChain(List.of(AssumeRole.of("arn:" + partition + ":iam::123456789012:role/deploy")));
        SecretException why = fetch(new SsmSource("aws", settings, SourceFilter.NONE));
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(requestLines).isNotEmpty().containsOnly("CONNECT " + sts + ":443 HTTP/1.1");
    }

    @Test
    void aVpcEndpointIsCalledAsItIsAndTellsTheRegion() {
        AwsSettings settings = new AwsSettings(
                Optional.empty(),
                Optional.of(URI.create("https://vpce-0a1b-2c3d.ssm.eu-west-1.vpce.amazonaws.com")),
                Optional.empty(),
                keys("AKIADEMO", "any"),
                List.of(AssumeRole.of("arn:aws:iam::123456789012:role/deploy")),
                false,
                false,
                settings("any").proxy());
        fetch(new SsmSource("aws", settings, SourceFilter.NONE));
        assertThat(requestLines)
                .as("STS in the endpoint's region")
                .containsOnly("CONNECT sts.eu-west-1.amazonaws.com:443 HTTP/1.1");
        requestLines.clear();
        fetch(new SsmSource("aws", settings.withChain(List.of()), SourceFilter.NONE));
        assertThat(requestLines).containsOnly("CONNECT vpce-0a1b-2c3d.ssm.eu-west-1.vpce.amazonaws.com:443 HTTP/1.1");
    }

    @Test
    void aProxyThatRefusesIsToldAsSuch() {
        SecretException why = fetch(new SsmSource("aws", settings("eu-west-1"), SourceFilter.NONE));
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.fix()).contains("proxy");
        assertThat(EveryText.of(why)).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssm.eu-west-1.amazonaws.com", "ftp://example.com", "https:///path", "https:opaque"})
    void anEndpointThatIsNoWebAddressIsMalformed(String endpoint) {
        AwsSettings settings = settings("eu-west-1").withEndpoint(URI.create(endpoint));
        assertThat(fetch(new SsmSource("aws", settings, SourceFilter.NONE)).problem())
                .isEqualTo(Problem.MALFORMED);
    }

    @Test
    void anEndpointThatDoesNotSpeakTlsIsToldApartFromOneThatIsDown() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerAtOnce(plain), "plain server");
            thread.setDaemon(true);
            thread.start();
            AwsSettings tls = AwsSettings.DEFAULTS
                    .withLogin(keys("AKIADEMO", "any"))
                    .withEndpoint(URI.create("https://127.0.0.1:" + plain.getLocalPort()));
            SecretException why = fetch(new SsmSource("aws", tls, SourceFilter.NONE));
            assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(why.reason()).contains("TLS");
        }
    }

    private static void answerAtOnce(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write("SSH-2.0-nothing here\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().read(new byte[4096]);
            } catch (IOException e) {
                // The next client, or the end.
                continue;
            }
        }
    }

    @Test
    void aHostThatIsNotThereIsTold() {
        AwsSettings nowhere = AwsSettings.DEFAULTS
                .withLogin(keys("AKIADEMO", "any"))
                .withEndpoint(URI.create("http://no-such-host.invalid"));
        SecretException why = fetch(new SsmSource("aws", nowhere, SourceFilter.NONE));
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.reason()).contains("no-such-host.invalid", "cannot be found");
    }
}
