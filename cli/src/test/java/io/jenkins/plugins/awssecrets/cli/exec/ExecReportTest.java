package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec --report}: which secrets were read, at which versions. */
@Timeout(60)
class ExecReportTest {
    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;
    private Path report;

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
        report = directory.resolve("report");
    }

    @Test
    void itHasALineASecretThatTheCommandFindsComplete() throws IOException {
        Cli.Result result = exec(
                report,
                "--credential",
                "hub",
                "--secret",
                "A=vault:secret/ci/five#a",
                "--secret",
                "B=vault:secret/ci/five#b",
                "--secret",
                "D=vault:database/creds/short#password",
                "--",
                "wc",
                "-l",
                report.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("5 " + report + "\n");
        List<String> lines = Files.readAllLines(report);
        assertThat(lines.get(0)).isEqualTo("secret\tkind\tversion\tstages\tchanged\tlease");
        assertThat(lines.subList(1, 5))
                .anySatisfy(line -> assertThat(line).matches("ssm:/ci/user\tssm\t1\t\t2[^\t]*Z\t"))
                .anySatisfy(line ->
                        assertThat(line).matches("sm:ci/docker\tsecretsManager\t[0-9a-f-]{36}\tAWSCURRENT\t2[^\t]*Z\t"))
                .anySatisfy(line -> assertThat(line).matches("vault:secret/ci/five\tvault\t1\t\t2[^\t]*Z\t"))
                .anySatisfy(line -> assertThat(line).matches("vault:database/creds/short\tvault\t\t\t\t[123] s"));
    }

    @Test
    void noValueIsInIt() throws IOException {
        exec(report, "--credential", "hub", "--secret", "A=vault:secret/ci/five#a", "--", "true");

        assertThat(report).content().doesNotContain("canary", "deploy-bot");
    }

    @Test
    void whereItCannotBeWrittenTheCommandIsNotStarted() {
        Path started = directory.resolve("started");

        Cli.Result result = exec(
                directory.resolve("missing").resolve("report"),
                "--secret",
                "A=ssm:/ci/user",
                "--",
                "touch",
                started.toString());

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .isEqualTo("aws-secrets: option --report: its file does not exist."
                        + " Use one that you may write, in a directory that exists\n");
        assertThat(started).doesNotExist();
    }

    private Cli.Result exec(Path to, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--report", to.toString()));
        all.addAll(List.of(arguments));
        return ExecDemo.exec(config, all.toArray(String[]::new));
    }
}
