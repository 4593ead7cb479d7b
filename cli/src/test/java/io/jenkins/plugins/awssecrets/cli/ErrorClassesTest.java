package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to fail, at every backend, through every command that may fail so. Values, keys, tokens and what backends
 * answer hold the word canary: it must not come out anywhere, whether asked for debugging or not.
 */
@Timeout(300)
class ErrorClassesTest {
    private static final String CANARY = "canary";
    private static final String BODY = "body-canary";

    private static final Map<Service, String> REFERENCES = Map.of(
            Service.SSM,
            "ssm:/ci/a",
            Service.SECRETS_MANAGER,
            "sm:ci/b#password",
            Service.VAULT,
            "vault:secret/c#password");

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            aws:
              accessKeys:
                - {id: AKIAGOOD, secret: secret-key-canary}
                - {id: AKIAOLD, secret: secret-key-canary, sessionToken: session-canary, expired: true}
                - {id: AKIAPOOR, secret: secret-key-canary, policies: [nothing]}
              policies: {nothing: [{allow: ["sts:GetCallerIdentity"]}]}
            ssm:
              - {name: /ci/a, type: SecureString, value: ssm-canary}
              - {name: /ci/kms, type: SecureString, value: ssm-canary, kmsDenied: true}
              - {name: /ci/json, type: SecureString, value: '{"canary-free": "ssm-canary"}'}
            secretsManager:
              - {name: ci/b, json: {password: sm-canary}}
              - {name: ci/kms, string: sm-canary, kmsDenied: true}
              - {name: ci/deleted, string: sm-canary, deleted: "2026-01-01T00:00:00Z"}
              - {name: ci/text, string: "sm-canary is no json {"}
              - {name: ci/empty, string: ""}
              - {name: ci/new}
              - {name: ci/binary, binary: AAEC}
            vault:
              rootToken: root-canary
              tokens: [{id: poor-canary, policies: [default]}]
              mounts:
                - path: secret
                  type: kv
                  version: 2
                  secrets:
                    - {path: c, data: {password: vault-canary}}
                    - {path: several, data: {a: vault-canary, b: vault-canary}}
                    - {path: gone, data: {password: new}, versions: [{data: {password: vault-canary}, deleted: true}, {data: {password: vault-canary}, destroyed: true}]}
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = write("AKIAGOOD", "", "root-canary");
    }

    @AfterEach
    void fix() {
        demo.backends().faults().clear();
    }

    static Stream<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (Service service : REFERENCES.keySet()) {
            all.add(arguments(service, "denied", Fault.denied().saying(BODY), 77));
            all.add(arguments(service, "throttled", Fault.throttled().saying(BODY), 69));
            all.add(arguments(
                    service,
                    "throttled, come back in a while",
                    Fault.throttled().retryAfter(Duration.ofHours(1)),
                    69));
            all.add(arguments(service, "error 500", Fault.status(500).saying(BODY), 69));
            all.add(arguments(service, "error 503", Fault.status(503).saying(BODY), 69));
            all.add(arguments(service, "hangs up", Fault.hangUp(), 69));
            all.add(arguments(service, "cut", Fault.cut(), 69));
            all.add(arguments(service, "late", Fault.latency(Duration.ofMinutes(5)), 69));
            all.add(arguments(service, "slow", Fault.slow(Duration.ofSeconds(30)), 69));
            all.add(arguments(
                    service, "bad request", Fault.error(Fault.Cause.BAD_REQUEST).saying(BODY), 65));
            all.add(arguments(service, "malformed", Fault.malformedJson(BODY), -1));
            all.add(arguments(service, "no body", Fault.emptyBody(), -1));
            all.add(arguments(service, "a page", Fault.wrongContentType(BODY), -1));
            all.add(arguments(service, "a proxy's page", Fault.canned(407, "text/html", BODY), -1));
            all.add(arguments(service, "oversized", Fault.oversized(BODY), -1));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource("faults")
    void aFaultOfABackendIsToldByItsClassInOneLineWithoutAnySecret(
            Service service, String name, Fault fault, int expected) {
        demo.backends().faults().inject(service, fault);

        Cli.Result get = run("--timeout", timeout(expected), "--debug", "get", REFERENCES.get(service));
        Cli.Result exec =
                run("--timeout", timeout(expected), "exec", "--secret", "X=" + REFERENCES.get(service), "--", "true");

        // Where a service answers what it never does, it is as good as out of reach or a defect: never a success.
        assertThat(get.status()).as(get.err()).isIn(expected < 0 ? List.of(69, 70) : List.of(expected));
        assertThat(exec.status()).isEqualTo(get.status());
        assertThat(exec.err())
                .matches("aws-secrets: .+: .+[.?] .+\\n")
                .contains(REFERENCES.get(service).substring(0, 3));
        assertThat(get.err()).matches("(?s)aws-secrets: [^\\n]+\\n.*\tat .*");
        assertThat(get.all() + exec.all()).doesNotContain(CANARY);
        assertThat(get.out() + exec.out()).isEmpty();
    }

    /** In seconds: short where running out of time is of the class that is expected. */
    private static String timeout(int expected) {
        return expected == 69 ? "1" : "20";
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void neitherListNorCheckTellsASecret(Service service, String name, Fault fault, int expected) throws IOException {
        demo.backends().faults().inject(service, fault);

        Cli.Result list = run("--timeout", timeout(expected), "--debug", "list");
        Cli.Result check = run("--timeout", timeout(expected), "--debug", "check", "--json");

        // A backend that denies one thing may allow another, but one out of reach is never taken for an empty one.
        if (expected == 69) {
            assertThat(list.status()).isEqualTo(69);
            assertThat(check.status()).isEqualTo(69);
        }
        assertThat(list.all() + check.all()).doesNotContain(CANARY);
    }

    static Stream<Arguments> references() {
        return Stream.of(
                arguments("ssm:/ci/none", 66),
                arguments("ssm:/ci/a?version=99", 66),
                arguments("ssm:/ci/json#none", 66),
                arguments("ssm:/ci/a#field", 70),
                arguments("ssm:/ci/kms", 77),
                arguments("sm:ci/none", 66),
                arguments("sm:ci/b?version=AWSPENDING", 66),
                arguments("sm:ci/b#none", 66),
                arguments("sm:ci/b#/password/deeper", 66),
                arguments("sm:ci/deleted", 66),
                arguments("sm:ci/text#field", 70),
                arguments("sm:ci/binary#field", 70),
                arguments("sm:ci/empty", 70),
                arguments("sm:ci/new", 66),
                arguments("sm:ci/kms", 77),
                arguments("vault:secret/none", 66),
                arguments("vault:none/none", 66),
                arguments("vault:secret/c?version=7", 66),
                arguments("vault:secret/gone?version=1", 66),
                arguments("vault:secret/gone?version=2", 66),
                arguments("vault:secret/c#none", 66),
                arguments("vault:secret/several", 70),
                arguments("canary", 65),
                arguments("nosource:canary", 65),
                arguments("sm:canary canary", 65),
                arguments("vault:secret/data/canary", 65));
    }

    @ParameterizedTest
    @MethodSource("references")
    void whatAReferenceLacksIsToldByItsClass(String reference, int expected) {
        Cli.Result get = run("get", reference);
        Cli.Result debug = run("--debug", "get", reference);

        assertThat(get.status()).as(get.err()).isEqualTo(expected);
        assertThat(get.err()).matches("aws-secrets: .+: .+[.?] .+\\n");
        assertThat(get.all() + debug.all()).doesNotContain("-canary", "canary canary", "data/canary", "nosource");
    }

    @Test
    void theArnOfAnotherRegionIsToldByGetToo() {
        for (String reference : List.of(
                "ssm:arn:aws:ssm:us-east-1:123456789012:parameter/ci/a",
                "sm:arn:aws:secretsmanager:us-east-1:123456789012:secret:ci/b-AbCdEf",
                "sm:arn:aws:secretsmanager:ap-south-1:123456789012:secret:ci/b-AbCdEf?version=AWSPREVIOUS")) {
            Cli.Result get = run("get", reference);
            assertThat(get.status()).as(get.err()).isEqualTo(66);
            assertThat(get.err()).contains("the ARN is of ", "reads in eu-west-1", "Use a source whose region is");
        }
    }

    @Test
    void aSecretWithoutAValueIsToldFromOneThatIsNotThere() {
        assertThat(run("get", "sm:ci/b?version=AWSPENDING").err()).contains("it exists, without the stage");
        assertThat(run("get", "sm:ci/b?version=01234567-89ab-cdef-0123-456789abcdef")
                        .err())
                .contains("it exists, without the version id");
        assertThat(run("get", "sm:ci/new").err()).contains("it has no value yet", "secretsmanager:PutSecretValue");
        assertThat(run("get", "sm:ci/none").err()).contains("no secret of this name");
        assertThat(run("get", "ssm:/none").err()).contains("where it has no path, it is written ssm:NAME, without '/'");
    }

    @Test
    void aRefusedConnectionIsOutOfReach() {
        for (Service service : REFERENCES.keySet()) {
            demo.backends().faults().refuse(service);

            Cli.Result get = run("--timeout", "2", "--debug", "get", REFERENCES.get(service));

            assertThat(get.status()).as(get.err()).isEqualTo(69);
            assertThat(get.all()).doesNotContain(CANARY);
        }
    }

    @Test
    void wrongExpiredAndPoorKeysAreDenied() throws IOException {
        for (String[] key :
                new String[][] {{"AKIANOBODY", ""}, {"AKIAOLD", ", sessionToken: session-canary"}, {"AKIAPOOR", ""}}) {
            config = write(key[0], key[1], "root-canary");
            for (String reference : List.of("ssm:/ci/a", "sm:ci/b")) {
                Cli.Result get = run("--debug", "get", reference);

                assertThat(get.status()).as(get.err()).isEqualTo(77);
                assertThat(get.all()).doesNotContain(CANARY);
            }
        }
    }

    @Test
    void wrongAndPoorTokensAreDenied() throws IOException {
        for (String token : List.of("wrong-canary", "poor-canary")) {
            config = write("AKIAGOOD", "", token);

            Cli.Result get = run("--debug", "get", "vault:secret/c");

            assertThat(get.status()).as(get.err()).isEqualTo(77);
            assertThat(get.all()).doesNotContain(CANARY);
        }
    }

    @Test
    void severalFailuresAreOneLineAndTheWorstGivesTheCode() {
        demo.backends().faults().inject(Service.SECRETS_MANAGER, Fault.denied().saying(BODY));

        Cli.Result exec = run(
                "exec",
                "--secret",
                "A=ssm:/ci/none",
                "--secret",
                "B=sm:ci/b",
                "--secret",
                "C=vault:secret/none",
                "--",
                "true");

        assertThat(exec.status()).isEqualTo(77);
        assertThat(exec.err().lines()).hasSize(1);
        assertThat(exec.err())
                .contains("3 references failed", "ssm:/ci/none", "sm:ci/b", "vault:secret/none")
                .doesNotContain(CANARY);
    }

    @Test
    void aSecretTypedIntoTheConfigurationIsNotRepeated() throws IOException {
        config = Files.writeString(
                        directory.resolve("typed.yaml"), "credentials: [{string: {id: x, secret: typed-canary}}]")
                .toString();

        Cli.Result check = run("--debug", "check");

        assertThat(check.status()).isEqualTo(65);
        assertThat(check.all()).doesNotContain(CANARY).contains("typed.yaml:1:40: credentials[0].string.secret: ");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_ENDPOINT_URL_SSM, hunter2canary",
        "AWS_ENDPOINT_URL, ftp://hunter2canary",
        "AWS_ENDPOINT_URL_STS, https://",
    })
    void anEndpointInTheEnvironmentThatIsNoneIsMalformedAndNamed(String variable, String value) throws Exception {
        Process process = CliProcess.start(Map.of("AWS_REGION", "eu-west-1", variable, value), "get", "ssm:/a");

        assertThat(CliProcess.all(process.getErrorStream()))
                .contains("environment variable " + variable + ": not a valid endpoint URL")
                .doesNotContain("hunter2");
        assertThat(process.waitFor()).isEqualTo(65);
    }

    private Cli.Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", config));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray(String[]::new));
    }

    private String write(String key, String more, String token) throws IOException {
        return Files.writeString(directory.resolve("aws-secrets.yaml"), """
            sources:
              - ssm: {region: eu-west-1, endpoint: "%1$s", accessKeyId: %4$s, secretAccessKey: secret-key-canary%5$s}
              - secretsManager: {region: eu-west-1, endpoint: "%2$s", accessKeyId: %4$s, secretAccessKey: secret-key-canary%5$s}
              - vault: {url: "%3$s", auth: {token: {token: "%6$s"}}, filter: {pathPrefix: secret}}
            """.formatted(
                                demo.backends().ssm(),
                                demo.backends().secretsManager(),
                                demo.backends().vault(),
                                key,
                                more,
                                token))
                .toString();
    }
}
