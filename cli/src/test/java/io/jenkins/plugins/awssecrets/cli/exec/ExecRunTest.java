package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code exec} runs a command: its status, output and files. */
@Timeout(60)
class ExecRunTest {

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;

    @BeforeAll
    static void start() {
        demo = ExecDemo.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = demo.write(directory.resolve("aws-secrets.yaml"), ExecDemo.CREDENTIALS);
        demo.backends().requests().clear();
    }

    @Test
    void theStatusIsTheCommands() {
        assertThat(exec("--", "sh", "-c", "exit 37").status()).isEqualTo(37);
        assertThat(exec("--", "true").status()).isZero();
    }

    @Test
    void aCommandThatASignalEndedGives128AndItsNumber() {
        assertThat(exec("--", "sh", "-c", "kill -9 $$").status()).isEqualTo(137);
    }

    @Test
    void wordsThatLookLikeOptionsAreTheCommands() {
        assertThat(exec("--", "echo", "--help", "--secret", "--", "x").out()).isEqualTo("--help --secret -- x\n");
        assertThat(exec("echo", "--debug").out()).isEqualTo("--debug\n");
    }

    @Test
    void errorOutputIsMaskedAsAStreamOfItsOwn() {
        Cli.Result result =
                exec("--secret", "P=sm:ci/docker#password", "--", "sh", "-c", "echo out $P; echo err $P >&2");

        assertThat(result.out()).isEqualTo("out ****\n");
        assertThat(result.err()).isEqualTo("err ****\n");
    }

    @Test
    void dockerIsLoggedInWhileTheCommandRunsAndNoLonger() throws IOException {
        Path seen = directory.resolve("seen");
        Cli.Result result = exec(
                "--credential",
                "hub",
                "--",
                "sh",
                "-c",
                "cp $DOCKER_CONFIG/config.json " + seen + "; echo $DOCKER_CONFIG > " + seen
                        + ".path; stat -c %a $DOCKER_CONFIG $DOCKER_CONFIG/.. $DOCKER_CONFIG/config.json");

        assertThat(result.out()).isEqualTo("700\n700\n600\n");
        JsonNode json = new ObjectMapper().readTree(seen.toFile());
        assertThat(Base64.getDecoder()
                        .decode(json.at("/auths/registry.example/auth").asText()))
                .asString()
                .isEqualTo("deploy-bot:docker-canary-1");
        assertThat(privateDirectory(seen)).doesNotExist();
    }

    @Test
    void filesAreGoneAfterAFailureToo() throws IOException {
        Path seen = directory.resolve("seen");
        Cli.Result result = exec(
                "--credential",
                "key-file=KEY",
                "--credential",
                "hub",
                "--",
                "sh",
                "-c",
                "cat $KEY; basename $KEY; echo $DOCKER_CONFIG > " + seen
                        + ".path; touch $DOCKER_CONFIG/more; chmod 500 $DOCKER_CONFIG; exit 3");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("****id_rsa\n");
        assertThat(privateDirectory(seen)).doesNotExist();
    }

    @Test
    void filesAreGoneWhenTheCommandCannotBeStarted() throws IOException {
        Path runtime = Files.createDirectory(directory.resolve("run"));
        Cli.Result result = Cli.run(
                Map.of("XDG_RUNTIME_DIR", runtime.toString()),
                new byte[0],
                "--config",
                config,
                "exec",
                "--credential",
                "hub",
                "--",
                "no-such-command-at-all");

        assertThat(result.status()).isEqualTo(127);
        assertThat(runtime).isEmptyDirectory();
    }

    @Test
    void aCommandThatIsNotThereGives127AndOneLine() {
        Cli.Result result = exec("--", "no-such-command-at-all");

        assertThat(result.status()).isEqualTo(127);
        assertThat(result.err())
                .matches("aws-secrets: command no-such-command-at-all: no such command[^\\n]*\\. [^\\n]*\\n");
    }

    @Test
    void aFileThatCannotBeExecutedGives126AndOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "x");

        assertThat(exec("--", file.toString()).status()).isEqualTo(126);
        assertThat(exec("--", directory.toString()).err()).matches("aws-secrets: command [^\\n]*\\. [^\\n]*\\n");
    }

    @Test
    void outputOfAProcessThatOutlivesTheCommandALittleIsKept() {
        assertThat(exec("--", "sh", "-c", "(sleep 0.3; echo late) & echo early").out())
                .isEqualTo("early\nlate\n");
    }

    @RepeatedTest(20)
    void outputOfAProcessThatOutlivesTheShortestCommandIsKept() {
        assertThat(exec("--", "sh", "-c", "(sleep 0.05; echo late) &").out()).isEqualTo("late\n");
    }

    @Test
    void aProcessLeftBehindDoesNotHoldTheProgramUp() {
        Cli.Result result = exec("--", "sh", "-c", "sleep 300 & echo $!");

        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("warning: processes that the command left running");
        assertThat(ProcessHandle.of(Long.parseLong(result.out().strip())))
                .hasValueSatisfying(left -> assertThat(left.destroy()).isTrue());
    }

    @Test
    void moreOutputThanAPipeHoldsComesWhole() {
        Cli.Result result = exec("--", "sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x");

        assertThat(result.output()).hasSize(3_000_000).containsOnly('x');
    }

    @Test
    void aVariableThatIsTooLongForTheSystemIsToldSo() throws IOException {
        String value = "x".repeat(200_000);
        Seed seed = Seed.parse("vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: big, data: {a: "
                + value + "}}]}]}");
        try (DemoConfiguration big = new DemoConfiguration(seed)) {
            config = big.write(directory.resolve("big.yaml"), "");

            Cli.Result result = exec("--secret", "B=vault:secret/big", "--", "true");

            assertThat(result.status()).isEqualTo(126);
            assertThat(result.err())
                    .contains("longer than the system takes", "file credential")
                    .doesNotContain("xxx");
        }
    }

    private Cli.Result exec(String... arguments) {
        return ExecDemo.exec(config, arguments);
    }

    private static Path privateDirectory(Path seen) throws IOException {
        Path docker = Path.of(Files.readString(Path.of(seen + ".path"), StandardCharsets.UTF_8)
                .strip());
        return docker.getParent();
    }
}
