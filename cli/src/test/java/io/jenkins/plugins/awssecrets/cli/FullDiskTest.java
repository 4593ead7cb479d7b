package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.OutputStream;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Output that does not reach the disk is no success, whatever the command ({@code > /dev/full}). */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    static Path directory;

    private static DemoConfiguration demo;
    private static String config;

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoConfiguration(Seed.parse("secretsManager: [{name: ci/token, string: token-canary}]"));
        config = demo.write(
                directory.resolve("aws-secrets.yaml"),
                "credentials: [{string: {id: token, secret: \"sm:ci/token\"}}]\n");
        Files.writeString(directory.resolve("secrets.json"), "[\"canary\"]");
        Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified: {awsCredentialsProvider: {client: {region: eu-west-1}}}");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get sm:ci/token",
                "get --format json sm:ci/token",
                "export --format dotenv --secret A=sm:ci/token",
                "list",
                "list --json",
                "check",
                "policy",
                "advise",
                "completion bash",
                "import jenkins.yaml",
                "--help",
                "--version",
            })
    void aCommandWhoseOutputIsLostFails(String line) {
        List<String> all = new ArrayList<>(List.of("--config", config));
        Arrays.stream(line.split(" "))
                .map(word ->
                        word.equals("jenkins.yaml") ? directory.resolve(word).toString() : word)
                .forEach(all::add);

        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Cli.Result result = Cli.runInto(full, all.toArray(String[]::new));

        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err()).contains("its disk is not full").doesNotContain("canary");
    }

    @Test
    void theDeviceThatIsAlwaysFullIsMet() throws Exception {
        assumeTrue(Files.exists(FULL), "needs /dev/full");
        for (List<String> arguments : List.of(
                List.of("get", "sm:ci/token"),
                List.of("exec", "--secret", "A=sm:ci/token", "--", "sh", "-c", "echo \"$A\""),
                List.of("mask", "--secrets", directory.resolve("secrets.json").toString()))) {
            List<String> all = new ArrayList<>(List.of("--config", config));
            all.addAll(arguments);
            Process process = CliProcess.start(CliProcess.OPENS, Map.of(), FULL, all.toArray(String[]::new));
            process.getOutputStream().write("some text\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            process.getOutputStream().close();

            assertThat(CliProcess.all(process.getErrorStream()))
                    .as(arguments.get(0))
                    .doesNotContain("canary");
            assertThat(process.waitFor()).as(arguments.get(0)).isNotZero();
        }
    }
}
