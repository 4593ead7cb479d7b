package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose files, variables and metadata service are told to the SDK by its system properties. */
abstract class OnAMachine {
    static final Locator A = locator("ssm", "/ci/a");
    static final String SESSION = """
        {"Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "canary", "Token": "canary-token",
         "Expiration": "2099-01-01T00:00:00Z"}\
        """;

    final DemoBackends backends = DemoBackends.start(DemoAws.seed("""
        aws:
          accessKeys:
            - { id: AKIAPROPERTY }
            - { id: AKIAPROFILE }
            - { id: ASIACONTAINER, sessionToken: canary-token }
            - { id: ASIAINSTANCE, sessionToken: canary-token }
          webIdentityTokens: [canary-pod-token]
        ssm: [{ name: /ci/a, value: value }]
        """));
    private final Map<String, Optional<String>> before = new HashMap<>();
    HttpServer metadata;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.start();
        set("aws.configFile", Files.writeString(folder.resolve("config"), "").toString());
        set(
                "aws.sharedCredentialsFile",
                Files.writeString(folder.resolve("credentials"), "").toString());
        set("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void stop() {
        metadata.stop(0);
        before.forEach((name, value) ->
                value.ifPresentOrElse(v -> System.setProperty(name, v), () -> System.clearProperty(name)));
        backends.close();
    }

    final void set(String property, String value) {
        before.putIfAbsent(property, Optional.ofNullable(System.setProperty(property, value)));
    }

    final void serve(String path, String answer) {
        metadata.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    final String metadataUri() {
        return "http://127.0.0.1:" + metadata.getAddress().getPort();
    }

    final AwsSettings settings() {
        return DemoAws.settings(backends.ssm(), backends).withLogin(new AwsLogin.DefaultChain());
    }

    final void readsAs(AwsSettings settings, String accessKeyId) {
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
            assertThat(backends.requests().to(Service.SSM))
                    .allMatch(request -> request.details().get("accessKeyId").startsWith(accessKeyId));
        }
    }

    final SecretException fails(AwsSettings settings) {
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            SecretException why = failed(source.fetch(List.of(A), soon()), A);
            assertThat(EveryText.of(why)).doesNotContain("canary");
            return why;
        }
    }

    final void aContainersRoleIsThere() {
        set("aws.containerCredentialsFullUri", metadataUri() + "/v1/credentials");
        serve("/v1/credentials", SESSION.formatted("ASIACONTAINER"));
    }
}
