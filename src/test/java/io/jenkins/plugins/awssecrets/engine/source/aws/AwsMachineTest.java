package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Problem;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the default credentials chain and region take from the machine, told to it here by the SDK's system properties. */
@DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
@DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+")
class AwsMachineTest {
    private static final Locator A = locator("ssm", "/ci/a");
    private static final String SESSION = """
        {"Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "canary", "Token": "canary-token",
         "Expiration": "2099-01-01T00:00:00Z"}\
        """;

    private final DemoBackends backends = DemoBackends.start(DemoAws.seed("""
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
    private HttpServer metadata;

    @TempDir
    private Path folder;

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

    private void set(String property, String value) {
        before.putIfAbsent(property, Optional.ofNullable(System.setProperty(property, value)));
    }

    private void serve(String path, String answer) {
        metadata.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private String metadataUri() {
        return "http://127.0.0.1:" + metadata.getAddress().getPort();
    }

    private AwsSettings settings() {
        return DemoAws.settings(backends.ssm(), backends).withLogin(new AwsLogin.DefaultChain());
    }

    private void readsAs(AwsSettings settings, String accessKeyId) {
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(text(source.fetch(List.of(A), soon()), A)).isEqualTo("value");
            assertThat(backends.requests().to(Service.SSM))
                    .allMatch(request -> request.details().get("accessKeyId").startsWith(accessKeyId));
        }
    }

    private SecretException fails(AwsSettings settings) {
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            SecretException why = failed(source.fetch(List.of(A), soon()), A);
            assertThat(EveryText.of(why)).doesNotContain("canary");
            return why;
        }
    }

    @Test
    void systemPropertiesComeFirst() {
        set("aws.accessKeyId", "AKIAPROPERTY");
        set("aws.secretAccessKey", "canary");
        readsAs(settings(), "AKIAPROPERTY");
    }

    @Test
    void aPodsWebIdentityIsUsedThroughTheSourcesOwnSts() throws IOException {
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "canary-pod-token").toString());
        readsAs(settings(), "ASIADEMO");
        assertThat(backends.requests().count(Service.STS, "AssumeRoleWithWebIdentity"))
                .isEqualTo(1);
    }

    @Test
    void aWebIdentityThatIsRefusedIsToldThoughOtherWaysWereTried() throws IOException {
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "canary-wrong").toString());
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("web identity token file (", "InvalidIdentityToken", "instance role");
    }

    @Test
    void theProfileIsRead() throws IOException {
        Files.writeString(folder.resolve("credentials"), """
            [default]
            aws_access_key_id = AKIAPROFILE
            aws_secret_access_key = canary
            [other]
            aws_access_key_id = AKIAPROPERTY
            aws_secret_access_key = canary
            """);
        readsAs(settings(), "AKIAPROFILE");
        backends.requests().clear();
        readsAs(settings().withLogin(new AwsLogin.Profile("other")), "AKIAPROPERTY");
    }

    @Test
    void aProfilesProcessGivesTheCredentials() throws IOException {
        Path answer = Files.writeString(folder.resolve("answer"), """
            {"Version": 1, "AccessKeyId": "AKIAPROFILE", "SecretAccessKey": "canary"}\
            """);
        Files.writeString(folder.resolve("config"), "[profile exported]\ncredential_process = cat " + answer + "\n");
        readsAs(settings().withLogin(new AwsLogin.Profile("exported")), "AKIAPROFILE");
    }

    @Test
    void aProfileThatLogsInBySsoIsToldWithTheWayRound() throws IOException {
        Files.writeString(folder.resolve("config"), """
            [profile dev]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            """);
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("dev")));
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("profile dev: it authenticates with SSO");
        assertThat(why.fix())
                .containsAnyOf(
                        "aws sso login --profile dev",
                        "aws configure export-credentials --profile dev --format process");
    }

    @Test
    void aProfileWithNoCredentialsIsToldAsOne() throws IOException {
        Files.writeString(folder.resolve("config"), "[profile empty]\nregion = eu-west-1\n");
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("empty")));
        assertThat(why.reason()).contains("profile empty: it provides no credentials");
    }

    private void aContainersRoleIsThere() {
        set("aws.containerCredentialsFullUri", metadataUri() + "/v1/credentials");
        serve("/v1/credentials", SESSION.formatted("ASIACONTAINER"));
    }

    @Test
    void aNamedProfileThatIsAbsentIsNotReplacedByTheContainersRole() {
        aContainersRoleIsThere();
        set("aws.profile", "nope");
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("profile nope is not in " + folder.resolve("config"));
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aSourcesOwnProfileThatIsAbsentIsToldAlike() {
        aContainersRoleIsThere();
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("nope")));
        assertThat(why.reason()).contains("profile nope is not in " + folder.resolve("config"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "named"})
    void aProfileWhoseProcessFailsIsNotReplacedByTheContainersRole(String name) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(
                folder.resolve("config"),
                (name.isEmpty() ? "[default]" : "[profile named]")
                        + "\ncredential_process = sh -c 'echo canary; echo canary >&2; exit 3'\n");
        if (!name.isEmpty()) {
            set("aws.profile", name);
        }
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason())
                .contains(
                        "profile (its credential_process failed)",
                        "not tried, as this one is configured: container, instance role");
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region = eu-west-1",
                "aws_access_key_id = AKIAPROFILE",
                "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = gone",
                "sso_session = gone"
            })
    void aNamedProfileThatGivesNothingIsNotReplacedByTheContainersRole(String content) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(folder.resolve("config"), "[profile named]\n" + content + "\n");
        set("aws.profile", "named");
        assertThat(fails(settings()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aWebIdentityThatFailsIsNotReplacedByTheContainersRole() {
        aContainersRoleIsThere();
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set("aws.webIdentityTokenFile", folder.resolve("gone").toString());
        assertThat(fails(settings()).reason()).contains("web identity token file (", "cannot be read");
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aContainersRoleThatFailsIsNotReplacedByTheInstances() {
        set("aws.disableEc2Metadata", "false");
        set("aws.ec2MetadataServiceEndpoint", metadataUri());
        serve("/latest/api/token", "token");
        serve("/latest/meta-data/iam/security-credentials/", "role");
        serve("/latest/meta-data/iam/security-credentials/role", SESSION.formatted("ASIAINSTANCE"));
        set("aws.containerCredentialsFullUri", metadataUri() + "/gone");
        assertThat(fails(settings()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aDefaultProfileWithoutCredentialsLeavesTheContainersRole() throws IOException {
        aContainersRoleIsThere();
        Files.writeString(folder.resolve("config"), "[default]\nregion = eu-west-1\n");
        readsAs(settings(), "ASIACONTAINER");
    }

    @Test
    void eksPodIdentityIsAskedForWithItsToken() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "canary-pod");
        set("aws.containerCredentialsFullUri", metadataUri() + "/v1/credentials");
        set("aws.containerAuthorizationTokenFile", token.toString());
        metadata.createContext("/v1/credentials", exchange -> {
            try (exchange) {
                boolean known = "canary-pod".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] body = SESSION.formatted("ASIACONTAINER").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
                if (known) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        readsAs(settings(), "ASIACONTAINER");
    }

    @Test
    void anInstanceGivesItsRoleAndItsRegion() {
        set("aws.disableEc2Metadata", "false");
        set("aws.ec2MetadataServiceEndpoint", metadataUri());
        serve("/latest/api/token", "token");
        serve("/latest/meta-data/iam/security-credentials/", "role");
        serve("/latest/meta-data/iam/security-credentials/role", SESSION.formatted("ASIAINSTANCE"));
        serve("/latest/dynamic/instance-identity/document", "{\"region\": \"eu-central-1\"}");
        readsAs(settings(), "ASIAINSTANCE");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-central-1");
    }

    @Test
    void aMachineWithoutCredentialsIsToldWhereTheyWereLookedFor() {
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason())
                .contains("system properties, environment, web identity token file, profile, container, instance role");
    }

    @Test
    void theRegionComesFromThePropertyOrTheLoginsProfile() throws IOException {
        Files.writeString(folder.resolve("config"), """
            [default]
            region = eu-west-2
            [profile other]
            region = eu-west-3
            """);
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-west-2");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS.withLogin(new AwsLogin.Profile("other")))
                        .find()
                        .id())
                .isEqualTo("eu-west-3");
        set("aws.region", "eu-north-1");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-north-1");
    }

    @Test
    void anEndpointNeedsNoRegionAndASourceWithoutOneFailsAtItsFirstFetch() {
        AwsSettings none = AwsSettings.DEFAULTS.withLogin(DemoAws.keys("AKIAPROPERTY", "canary"));
        assertThat(new RegionFinder(none.withEndpoint(backends.ssm())).find().id())
                .isEqualTo("us-east-1");
        SecretException why = fails(none);
        assertThat(why.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(why.fix()).contains("set the source's region");
    }
}
