package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.cli.Main;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec} at a terminal, which {@code script} of util-linux plays for the test. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecTerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    static Path directory;

    private static DemoConfiguration demo;
    private static String config;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "needs script of util-linux");
        demo = new DemoConfiguration(Seed.parse("""
            secretsManager:
              - {name: ci/token, string: token-canary-1}
              - {name: ci/key, string: "first-canary-2\\nsecond-canary-3\\n"}
            """));
        config = demo.write(directory.resolve("aws-secrets.yaml"), "");
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    private record Shown(int status, String text) {}

    @Test
    void theCommandHasATerminalAndWhatItShowsIsMasked() throws Exception {
        Shown shown = atTerminal(
                "stty rows 23 cols 91",
                "",
                "exec",
                "--tty",
                "--secret",
                "TOKEN=sm:ci/token",
                "--secret",
                "KEY=sm:ci/key",
                "--",
                "sh",
                "-c",
                "test -t 0 && test -t 1 && test -t 2 && echo \"terminal of $(stty size)\";"
                        + " echo \"token <$TOKEN>\"; printf '%s' \"$KEY\"; exit 7");

        assertThat(shown.text()).contains("terminal of 23 91", "token <****>").doesNotContain("canary");
        assertThat(shown.status()).isEqualTo(7);
    }

    @Test
    void wordsAndInputArriveAsTheyAre() throws Exception {
        Shown shown = atTerminal(
                "true",
                "typed line\n",
                "exec",
                "-t",
                "--secret",
                "TOKEN=sm:ci/token",
                "--",
                "sh",
                "-c",
                "read -r line; printf '[%s]' \"$line\" \"$@\"",
                "name",
                "it's",
                "two  blanks",
                "$HOME `x` \\",
                "\"",
                "!");

        assertThat(shown.text()).contains("[typed line][it's][two  blanks][$HOME `x` \\][\"][!]");
        assertThat(shown.status()).isZero();
    }

    @Test
    void withoutMaskingTheTerminalItselfIsGiven() throws Exception {
        Shown shown = atTerminal(
                "true",
                "",
                "exec",
                "--no-mask",
                "--secret",
                "TOKEN=sm:ci/token",
                "--",
                "sh",
                "-c",
                "test -t 1 && echo \"<$TOKEN>\"");

        assertThat(shown.text()).contains("<token-canary-1>");
    }

    @Test
    void otherwiseTheCommandSeesPipesThatAreMasked() throws Exception {
        Shown shown = atTerminal(
                "true",
                "",
                "exec",
                "--secret",
                "TOKEN=sm:ci/token",
                "--",
                "sh",
                "-c",
                "test -t 1 || echo \"pipe <$TOKEN>\"");

        assertThat(shown.text()).contains("pipe <****>");
    }

    /** A shell stops a process in the background that reads from its terminal. */
    @Test
    void demoBackendsInTheBackgroundOfATerminalGoOn() throws Exception {
        Path env = directory.resolve("demo.env");

        Shown shown =
                shell("set -m;", " &", """
                    until [ -f '%s' ]; do sleep 0.1; done; sleep 1; jobs; kill %%1; wait
                    """.formatted(env).strip(), "", "demo-backends", "--write-env", env.toString());

        assertThat(shown.text()).contains("Running").doesNotContainIgnoringCase("stopped");
        assertThat(env).exists();
    }

    @Test
    void withoutATerminalOnOurSideItIsRefusedBeforeAnythingIsRead() {
        demo.backends().requests().clear();

        Cli.Result result = Cli.run("--config", config, "exec", "--tty", "--secret", "TOKEN=sm:ci/token", "--", "true");

        assertThat(result.err())
                .startsWith("aws-secrets: option --tty: standard input and output are not both a terminal");
        assertThat(result.status()).isEqualTo(64);
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    /** @param before what a shell at the terminal does first */
    private static Shown atTerminal(String before, String typed, String... arguments) throws Exception {
        return shell(before + "; exec", "", "", typed, arguments);
    }

    private static Shown shell(String before, String behind, String after, String typed, String... arguments)
            throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        words.addAll(CliProcess.OPENS);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "--config", config));
        words.addAll(List.of(arguments));
        String line = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                SCRIPT.toString(),
                "--quiet",
                "--return",
                "--command",
                before + " " + line + behind + " " + after,
                "/dev/null");
        builder.environment().put("SHELL", "/bin/sh");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String text = CliProcess.all(process.getInputStream());
        return new Shown(process.waitFor(), text);
    }
}
