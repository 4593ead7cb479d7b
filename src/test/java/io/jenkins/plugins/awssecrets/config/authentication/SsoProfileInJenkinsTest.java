package io.jenkins.plugins.awssecrets.config.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A profile that authenticates with SSO, whose library another plugin has: with real class loaders. */
class SsoProfileInJenkinsTest {
    private static final String SESSION = "corp-of-this-test";

    // Where the SDK looks for sessions, and no one's own.
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .extraEnv(
                    "HOME",
                    Path.of("target").resolve("sso-home").toAbsolutePath().toString());

    @Test
    void theLibraryOfThePluginAsksThePortalWithTheSessionThatSomebodyStarted() throws Throwable {
        jenkins.then(SsoProfileInJenkinsTest::withoutASessionAndWithOne);
    }

    /** Without the library it would be the plugin that is missed, and not the session. */
    private static void withoutASessionAndWithOne(JenkinsRule rule) throws Exception {
        Path config = Files.writeString(rule.jenkins.getRootDir().toPath().resolve("aws-config"), """
            [profile dev]
            sso_session = corp-of-this-test
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp-of-this-test]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            """);
        System.setProperty("aws.configFile", config.toString());
        Path session = sessionFile();
        Files.deleteIfExists(session);
        List<URI> asked = new CopyOnWriteArrayList<>();
        HttpServer portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext("/federation/credentials", exchange -> {
            asked.add(exchange.getRequestURI());
            answer(exchange);
        });
        portal.start();
        System.setProperty(
                "aws.endpointUrlSso", "http://127.0.0.1:" + portal.getAddress().getPort());
        try (DemoBackends backends = DemoBackends.start(Seed.parse("ssm: [{name: /ci/a, value: by-sso}]"))) {
            Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - ssm: {region: eu-west-1, endpoint: "%s", profile: dev, allow: [{names: ["/ci/*"]}]}
                """.formatted(backends.ssm()));
            WorkflowJob job = rule.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(
                    "withAwsSecrets([secret(variable: 'A', from: 'ssm:/ci/a')]) { echo \"read ${A.length()}\" }",
                    true));

            Run<?, ?> without = rule.buildAndAssertStatus(Result.FAILURE, job);
            assertThat(JenkinsRule.getLog(without))
                    .contains("profile dev: it authenticates with SSO, and its session expired");
            assertThat(asked).isEmpty();

            start(session);
            assertThat(JenkinsRule.getLog(rule.buildAndAssertSuccess(job))).contains("read 6");
            assertThat(asked)
                    .singleElement()
                    .asString()
                    .contains("account_id=123456789012")
                    .contains("role_name=Reader");
            assertThat(backends.requests().to(Service.SSM))
                    .allSatisfy(request -> assertThat(request.details()).containsEntry("accessKeyId", "ASIASSO"));
        } finally {
            portal.stop(0);
        }
    }

    private static Path sessionFile() throws Exception {
        byte[] name = MessageDigest.getInstance("SHA-1").digest(SESSION.getBytes(StandardCharsets.UTF_8));
        Path cache = Files.createDirectories(Path.of(System.getenv("HOME"), ".aws", "sso", "cache"));
        return cache.resolve(HexFormat.of().formatHex(name) + ".json");
    }

    /** As {@code aws sso login} keeps one. */
    private static void start(Path session) throws IOException {
        Files.writeString(session, """
            {"startUrl": "https://corp.example/start", "region": "eu-west-1", "accessToken": "canary", "expiresAt": "%s"}
            """.formatted(Instant.now().plus(Duration.ofHours(1))));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = """
            {"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "canary", "sessionToken": "canary", "expiration": %d}}
            """.formatted(Instant.now().plus(Duration.ofHours(1)).toEpochMilli())
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
