package io.jenkins.plugins.awssecrets.cli.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code get} of several values and of credentials, and {@code export}. */
@Timeout(120)
class SeveralValuesTest {
    @TempDir
    static Path directory;

    private static DemoConfiguration demo;
    private static String config;

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoConfiguration(Seed.parse("""
            ssm: [{name: /ci/a, value: one}, {name: /ci/user, value: "jo o'neil"}]
            secretsManager:
              - {name: ci/docker, json: {username: robot, password: "p$a'ss \\"w\\" \\\\x"}}
              - {name: ci/lines, string: "a\\nb"}
              - {name: ci/binary, binary: AAH/}
              - {name: ci/plain, string: plain}
            """));
        config = demo.write(directory.resolve("aws-secrets.yaml"), """
            credentials:
              - usernamePassword: {id: login, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
              - string: {id: token, secret: "sm:ci/plain"}
              - string: {id: a, secret: "ssm:/ci/a"}
              - string: {id: a=b, secret: "sm:ci/plain"}
              - string: {id: "a==", secret: "sm:ci/lines"}
              - dockerRegistry: {id: hub, registry: registry.example, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
            """);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static Cli.Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", config));
        all.addAll(Arrays.asList(arguments));
        return Cli.run(all.toArray(String[]::new));
    }

    @Test
    void severalReferencesAreReadTogetherAndPrintedInTheirOrder() {
        demo.backends().requests().clear();

        assertThat(run("get", "--format", "lines", "sm:ci/plain", "ssm:/ci/a", "sm:ci/docker#username")
                        .all())
                .isEqualTo("plain\none\nrobot\n");
        assertThat(demo.backends().requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isEqualTo(1);
        assertThat(run("get", "--format", "nul", "sm:ci/lines", "ssm:/ci/a").out())
                .isEqualTo("a\nb\0one\0");
        assertThat(run("get", "--format", "json", "sm:ci/lines", "ssm:/ci/a").out())
                .contains("\"sm:ci/lines\" : \"a\\nb\"", "\"ssm:/ci/a\" : \"one\"");
    }

    @Test
    void aValueThatDoesNotFitAFormatIsRefused() {
        assertThat(run("get", "--format", "lines", "sm:ci/lines", "ssm:/ci/a").err())
                .contains("sm:ci/lines: the value has a line end in it");
        assertThat(run("get", "--format", "json", "sm:ci/binary").err()).contains("binary");
        assertThat(run("get", "--format", "lines", "sm:ci/lines").out()).isEmpty();
    }

    @Test
    void oneThatIsMissingGivesNone() {
        Cli.Result result = run("get", "--format", "lines", "ssm:/ci/a", "ssm:/ci/gone");
        assertThat(result.status()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token | plain",
                "login#username | jo o'neil",
                "hub#registry | registry.example",
                "a=b | plain",
            })
    void aCredentialsFieldIsPrinted(String credential, String value) {
        assertThat(run("get", "--credential", credential).all()).isEqualTo(value);
    }

    @Test
    void theOnlySecretFieldNeedsNoName() {
        assertThat(run("get", "--credential", "login").out()).isEqualTo("p$a'ss \"w\" \\x");
    }

    @Test
    void aFieldThatIsNotThereIsToldWithThoseThatAre() {
        Cli.Result result = run("get", "--credential", "login#pass");
        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).contains("a usernamePassword has no such field: username, password");
    }

    @Test
    void aCredentialThatIsAbsentIsToldWithTheConfigurationAndTheNearest() {
        Cli.Result result = run("get", "--credential", "tokn");
        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).contains("(configuration " + config + ")").containsIgnoringCase("did you mean token?");
    }

    @ParameterizedTest
    @CsvSource({
        "a=b, A_B=plain",
        "a, A=one",
        "a=X, X=one",
        "a=b=X, X=plain",
        "a==, A=lines",
        "a===Y, Y=lines",
    })
    void anIdWithEqualsSignsIsItselfWhereItIsDeclared(String option, String line) {
        Cli.Result result = run("export", "--format", "dotenv", "--credential", option);
        assertThat(result.all()).isEqualTo(line.replace("lines", "'a\nb'") + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shell"})
    void exportedForAShellTheValuesAreTheSame(String format) throws Exception {
        Cli.Result result = run("export", "--format", format, "--credential", "login", "--secret", "LINES=sm:ci/lines");
        assertThat(result.err()).isEmpty();
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        result.out() + "printf '%s|%s|%s' \"$LOGIN_USERNAME\" \"$LOGIN_PASSWORD\" \"$LINES\"")
                .start();
        assertThat(CliProcess.all(shell.getInputStream())).isEqualTo("jo o'neil|p$a'ss \"w\" \\x|a\nb");
    }

    @Test
    void exportedAsJsonAndDotenvTheyAreEscaped() {
        assertThat(run("export", "--format", "json", "--credential", "login").out())
                .contains("\"LOGIN_PASSWORD\" : \"p$a'ss \\\"w\\\" \\\\x\"");
        assertThat(run("export", "--format", "dotenv", "--credential", "login", "--secret", "L=sm:ci/lines")
                        .out())
                .contains("LOGIN_USERNAME=\"jo o'neil\"\n")
                .contains("LOGIN_PASSWORD=\"p\\$a'ss \\\"w\\\" \\\\x\"\n")
                .contains("L='a\nb'\n");
    }

    @Test
    void exportedForGitHubTheyAreMaskedWhereAWorkflowRuns() {
        String[] arguments = {"--config", config, "export", "--format", "github", "--secret", "L=sm:ci/lines"};
        Cli.Result workflow = Cli.run(Map.of("GITHUB_ACTIONS", "true"), new byte[0], arguments);
        assertThat(workflow.out()).matches("L<<(END_[0-9a-f]{32})\na\nb\n\\1\n");
        assertThat(workflow.err()).isEqualTo("::add-mask::a\n::add-mask::b\n");

        Cli.Result elsewhere = Cli.run(arguments);
        assertThat(elsewhere.err())
                .contains("warning: not in a GitHub workflow")
                .doesNotContain("add-mask");
    }

    @Test
    void privateFilesAreNotExported() {
        Cli.Result result = run("export", "--format", "shell", "--credential", "hub");
        assertThat(result.err()).contains("variable DOCKER_CONFIG: a private file");
        assertThat(result.out())
                .contains("export DOCKER_REGISTRY='registry.example'")
                .doesNotContain("DOCKER_CONFIG");
    }

    @Test
    void oneCauseBehindSeveralReferencesIsSaidOnce() throws IOException {
        Path down = Files.writeString(directory.resolve("down.yaml"), """
            sources: [{secretsManager: {region: eu-west-1, endpoint: "http://127.0.0.1:1", accessKeyId: demo, secretAccessKey: demo}}]
            """);
        Cli.Result result =
                Cli.run("--config", down.toString(), "get", "--format", "lines", "sm:a", "sm:b", "sm:c", "sm:d");
        assertThat(result.status()).isEqualTo(69);
        assertThat(result.err())
                .startsWith("aws-secrets: sm:a, sm:b, sm:c, sm:d: ")
                .containsOnlyOnce("refused");
    }

    @Test
    void twoCausesAreSaidOnceEach() {
        Cli.Result result = run("get", "--format", "lines", "ssm:/x", "ssm:/y", "sm:ci/none", "sm:ci/nil");
        assertThat(result.err())
                .contains("4 references failed: (1) ssm:/x, ssm:/y: ", " (2) sm:ci/none, sm:ci/nil: ")
                .doesNotContain("(3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get ssm:/x",
                "get --format lines ssm:/x sm:ci/none",
                "export --format json --secret A=ssm:/x --secret B=sm:ci/none",
                "exec --secret A=ssm:/x --secret B=sm:ci/none -- true"
            })
    void nothingIsSaidOfABuildWhereThereIsNone(String line) {
        Cli.Result result = run(line.split(" "));
        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).contains("ssm:/x").doesNotContainIgnoringCase("build");
    }

    @Test
    void aTimeoutNamesTheOptionAndItsValue() {
        demo.backends().faults().inject(Service.SSM, Fault.latency(java.time.Duration.ofSeconds(20)));
        try {
            assertThat(run("--timeout", "1", "get", "ssm:/ci/a").err())
                    .contains("The limit is 1 s; --timeout sets another");
        } finally {
            demo.backends().faults().clear();
        }
    }

    @Test
    void regionAndProfileAreForSourcesThatHaveNone() throws IOException {
        Path own = Files.writeString(directory.resolve("own.yaml"), """
            sources:
              - ssm: {region: eu-west-1, endpoint: "http://127.0.0.1:1", accessKeyId: demo, secretAccessKey: demo}
              - secretsManager: {endpoint: "http://127.0.0.1:1", accessKeyId: demo, secretAccessKey: demo}
            """);
        String[] start = {"--config", own.toString(), "--region", "ap-south-1", "--profile", "nope", "get"};
        assertThat(Cli.run(with(start, "ssm:/a")).err()).contains("in eu-west-1");
        assertThat(Cli.run(with(start, "sm:a")).err()).contains("in ap-south-1");
        Path none = Files.writeString(directory.resolve("none.yaml"), "");
        assertThat(Cli.run("--config", none.toString(), "--region", "eu-west-1", "--profile", "nope", "get", "ssm:/a")
                        .err())
                .contains("profile nope is not in");
    }

    private static String[] with(String[] start, String last) {
        String[] all = Arrays.copyOf(start, start.length + 1);
        all[start.length] = last;
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionIsAScriptThatKnowsCommandsAndOptions(String shell) {
        Cli.Result result = Cli.run("completion", shell);
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("aws-secrets", "export", "demo-backends")
                .containsPattern("credential");
    }

    @Test
    void helpHasColoursOnATerminalUnlessDeclined() {
        String escape = "\u001b[";
        Map<String, String> terminal = Map.of("TERM", "xterm");
        assertThat(Cli.run(terminal, new byte[0], true, "--help").out()).contains(escape);
        assertThat(Cli.run(terminal, new byte[0], false, "--help").out()).doesNotContain(escape);
        assertThat(Cli.run(Map.of("TERM", "xterm", "NO_COLOR", "1"), new byte[0], true, "--help")
                        .out())
                .doesNotContain(escape);
        assertThat(Cli.run(Map.of("TERM", "dumb"), new byte[0], true, "--help").out())
                .doesNotContain(escape);
    }
}
