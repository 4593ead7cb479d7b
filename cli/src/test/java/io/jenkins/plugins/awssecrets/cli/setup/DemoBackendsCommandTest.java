package io.jenkins.plugins.awssecrets.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Await;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

// In a thread of its own, as reading from a process cannot be interrupted.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoBackendsCommandTest {
    private static final Path DEMO_SEEDS = Path.of("..", "demo", "seeds.yaml");

    @TempDir
    Path directory;

    @Test
    void theyServeUntilTheInputEndsAndAnyClientFindsThemByItsVariables() throws Exception {
        Path seed = Files.writeString(directory.resolve("seed.yaml"), """
            aws: {accessKeys: [{id: AKIADEMO, secret: it's}]}
            ssm: [{name: /ci/a, value: from-ssm}]
            secretsManager: [{name: ci/b, string: from-sm}]
            vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: c, data: {d: from-vault}}]}]}
            """);
        Path file = directory.resolve("env");
        Process process =
                CliProcess.start(Map.of(), "demo-backends", "--seed", seed.toString(), "--write-env", file.toString());
        Await.until(() -> Files.exists(file));
        Map<String, String> environment = read(file);

        for (Map.Entry<String, String> one : Map.of(
                        "ssm:/ci/a", "from-ssm", "sm:ci/b", "from-sm", "vault:secret/c", "from-vault")
                .entrySet()) {
            Process get = CliProcess.start(environment, "get", one.getKey());
            assertThat(CliProcess.all(get.getInputStream())).isEqualTo(one.getValue());
        }
        process.getOutputStream().close();

        assertThat(process.waitFor()).isZero();
        assertThat(CliProcess.all(process.getInputStream())).contains(Files.readString(file));
    }

    @Test
    void aSignalEndsThem() throws Exception {
        Process process = CliProcess.start(Map.of(), "demo-backends", "--seed", DEMO_SEEDS.toString());
        BufferedReader out = CliProcess.lines(process.getInputStream());
        assertThat(out.readLine()).startsWith("# Demo backends are listening");

        // Not the process' own destroy(), which also ends its input.
        process.toHandle().destroy();

        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void aSeedThatIsNoneIsToldByItsPlaceAndNotRepeated() throws IOException {
        Path seed = Files.writeString(directory.resolve("seed.yaml"), "ssm:\n  - {nam: hunter2canary}\n");

        Cli.Result result = Cli.run("demo-backends", "--seed", seed.toString());

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .contains("seed.yaml:2:", "no member 'nam' is known here")
                .doesNotContain("hunter2");
        assertThat(result.err().lines()).hasSize(1);
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            assertThat(line).matches("export [A-Z_]+='.*'");
            String[] parts = line.substring("export ".length()).split("=", 2);
            variables.put(parts[0], parts[1].substring(1, parts[1].length() - 1).replace("'\\''", "'"));
        }
        return variables;
    }
}
