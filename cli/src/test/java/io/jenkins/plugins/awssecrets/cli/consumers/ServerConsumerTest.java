package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that log in to a server with what a credential gives. */
@Timeout(300)
class ServerConsumerTest {
    @TempDir
    Path directory;

    @Test
    void awsCommandLineWorksAsTheRoleThatNobodyStoresKeysOf() throws Exception {
        Tool.need("aws");
        try (Bench bench = new Bench(
                directory,
                Map.of(),
                "  - aws: {id: deploy, region: eu-west-1, role: {source: sm, roleArn:"
                        + " \"arn:aws:iam::123456789012:role/deployer\"}}\n")) {
            assertThat(bench.exec(
                            "deploy",
                            "AWS_PAGER= AWS_DEFAULT_REGION=$AWS_REGION aws sts get-caller-identity --query Arn"
                                    + " --output text --endpoint-url "
                                    + bench.backends().sts()))
                    .startsWith("arn:aws:sts::123456789012:assumed-role/deployer/");
        }
    }

    @Test
    void awsCommandLineWorksWithAStoredKey() throws Exception {
        Tool.need("aws");
        try (Bench bench = new Bench(
                directory,
                Map.of(
                        "key",
                        "{\"accessKeyId\":\"demo\",\"secretAccessKey\":\"demo-secret\",\"region\":\"eu-west-1\"}"),
                "  - aws: {id: deploy, from: \"sm:key\"}\n")) {
            assertThat(bench.exec(
                            "deploy",
                            "AWS_PAGER= AWS_DEFAULT_REGION=$AWS_REGION aws sts get-caller-identity --query Account"
                                    + " --output text --endpoint-url "
                                    + bench.backends().sts()))
                    .isEqualTo("123456789012\n");
        }
    }

    @Test
    void npmSendsTheTokenOfAFile() throws Exception {
        Tool.need("npm");
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            boolean known = List.of("Bearer npm-token-4711")
                    .equals(exchange.getRequestHeaders().get("Authorization"));
            byte[] body = (known ? "{\"username\":\"robot\"}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
        String address = "127.0.0.1:" + registry.getAddress().getPort();
        try (Bench bench = new Bench(
                directory,
                Map.of("npmrc", "//" + address + "/:_authToken=npm-token-4711\n"),
                "  - file: {id: npm, fileName: .npmrc, content: \"sm:npmrc\"}\n")) {
            assertThat(bench.exec(
                            "npm=NPM_CONFIG_USERCONFIG",
                            "npm whoami --registry http://" + address + "/ --cache " + directory.resolve("cache")))
                    .isEqualTo("robot\n");
        } finally {
            registry.stop(0);
        }
    }
}
