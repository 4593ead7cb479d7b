package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A profile that {@code aws sso login} was run for, with a portal on loopback in place of AWS'. */
@Timeout(120)
class SsoProfileTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("ssm: [{name: /ci/a, value: by-sso}]"));
    private final List<String> portalSaw = new CopyOnWriteArrayList<>();
    private HttpServer portal;

    @TempDir
    Path home;

    @BeforeEach
    void start() throws IOException {
        portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext("/federation/credentials", this::credentials);
        portal.createContext("/token", this::token);
        portal.start();
        Files.createDirectories(home.resolve(".aws/sso/cache"));
        Files.writeString(home.resolve(".aws/config"), """
                [profile dev]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = Reader
                [sso-session corp]
                sso_start_url = https://corp.example/start
                sso_region = eu-west-1
                """);
    }

    @AfterEach
    void stop() {
        portal.stop(0);
        backends.close();
    }

    @Test
    void itsSessionGivesTheRolesCredentials() throws Exception {
        session("good-canary", Instant.now().plus(Duration.ofHours(1)));

        assertThat(get()).isEqualTo("0 by-sso ");
        assertThat(portalSaw).containsExactly("credentials good-canary account_id=123456789012 role_name=Reader");
        assertThat(backends.requests().to(Service.SSM))
                .allSatisfy(request -> assertThat(request.details()).containsEntry("accessKeyId", "ASIASSO"));
    }

    @Test
    void aSessionThatEndedIsRenewedByItsRefreshToken() throws Exception {
        session("old-canary", Instant.now().minus(Duration.ofHours(1)));

        assertThat(get()).isEqualTo("0 by-sso ");
        assertThat(portalSaw)
                .containsExactly("token", "credentials renewed-canary account_id=123456789012 role_name=Reader");
    }

    @Test
    void withoutASessionTheLineSaysHowToLogIn() throws Exception {
        assertThat(get()).startsWith("77  aws-secrets: ").contains("profile dev", "aws sso login --profile dev");
    }

    @Test
    void aSessionThatThePortalRefusesIsToldAlikeAndNotShown() throws Exception {
        session("refused-canary", Instant.now().plus(Duration.ofHours(1)));

        assertThat(get())
                .startsWith("77  aws-secrets: ")
                .contains("aws sso login")
                .doesNotContain("canary");
    }

    @Test
    void theProfileOfTheEnvironmentIsToldAlikeWhereNoOtherWayWorks() throws Exception {
        assertThat(get("AWS_PROFILE", "dev", "AWS_EC2_METADATA_DISABLED", "true"))
                .startsWith("77  aws-secrets: ")
                .contains("profile (it authenticates with SSO, and its session expired");
        session("good-canary", Instant.now().plus(Duration.ofHours(1)));
        assertThat(get("AWS_PROFILE", "dev")).isEqualTo("0 by-sso ");
    }

    private String get() throws Exception {
        return get(", profile: dev", Map.of());
    }

    private String get(String... environment) throws Exception {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return get("", variables);
    }

    private String get(String login, Map<String, String> more) throws Exception {
        Path file = Files.writeString(
                home.resolve("aws-secrets.yaml"),
                "sources: [{ssm: {region: eu-west-1, endpoint: \"" + backends.ssm() + "\"" + login + "}}]\n");
        String address = "http://127.0.0.1:" + portal.getAddress().getPort();
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.of(
                "HOME", home.toString(),
                "AWS_CONFIG_FILE", home.resolve(".aws/config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve(".aws/credentials").toString(),
                "AWS_ENDPOINT_URL_SSO", address,
                "AWS_ENDPOINT_URL_SSO_OIDC", address));
        return CliProcess.run(CliProcess.OPENS, environment, "--config", file.toString(), "get", "ssm:/ci/a");
    }

    /** As the AWS command line keeps it: in a file that is called by the session's name. */
    private void session(String token, Instant end) throws Exception {
        byte[] name = MessageDigest.getInstance("SHA-1").digest("corp".getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                home.resolve(".aws/sso/cache").resolve(HexFormat.of().formatHex(name) + ".json"),
                """
                {"startUrl": "https://corp.example/start", "region": "eu-west-1", "accessToken": "%s",
                 "expiresAt": "%s", "clientId": "client", "clientSecret": "client-canary",
                 "registrationExpiresAt": "%s", "refreshToken": "refresh-canary"}
                """.formatted(token, end, Instant.now().plus(Duration.ofDays(30))));
    }

    private void credentials(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token");
        String[] query = exchange.getRequestURI().getQuery().split("&");
        java.util.Arrays.sort(query);
        portalSaw.add("credentials " + token + " " + String.join(" ", query));
        if (token.startsWith("refused")) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "UnauthorizedException");
            send(exchange, 401, "{\"message\": \"Session token not found or invalid: canary\"}");
            return;
        }
        send(
                exchange,
                200,
                "{\"roleCredentials\": {\"accessKeyId\": \"ASIASSO\", \"secretAccessKey\": \"canary\","
                        + " \"sessionToken\": \"canary\", \"expiration\": "
                        + Instant.now().plus(Duration.ofHours(1)).toEpochMilli() + "}}");
    }

    private void token(HttpExchange exchange) throws IOException {
        portalSaw.add("token");
        send(exchange, 200, "{\"accessToken\": \"renewed-canary\", \"expiresIn\": 3600, \"tokenType\": \"Bearer\"}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
