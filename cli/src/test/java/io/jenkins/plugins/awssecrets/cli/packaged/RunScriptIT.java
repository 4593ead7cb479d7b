package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.DefaultSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/run --cli}: what it shows, how it ends, and that it leaves nothing behind. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunScriptIT {
    private static final List<String> COMMAND =
            List.of(Finished.TOP.resolve("bin/run").toString(), "--cli");

    @TempDir
    Path directory;

    /** All that the script writes goes here, so that what it leaves is seen. */
    private Path temporary;

    @BeforeEach
    void prepare() throws Exception {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    @Test
    void itShowsTheMaskedLogBesideWhatEachSourceGave() throws Exception {
        Finished finished = Finished.run(directory, environment(), COMMAND);

        assertThat(finished.err()).isEmpty();
        assertThat(finished.status()).isZero();
        assertThat(finished.out())
                .containsPattern("ssm:/ci/docker/username +\\| ")
                .containsPattern("version 5e1f0000-0000-4000-8000-000000000002 +\\| ")
                .containsPattern("vault, leased for \\d+ s +\\| ")
                .contains(
                        "docker login registry.example.com -u ci-robot -p ****",
                        "psql jdbc:postgresql://orders.db.example.com:5432/shop as orders_clone",
                        "PGPASSWORD=****",
                        "login\": \"****\"")
                .contains("None of the values is in the log")
                .doesNotContain("demo-docker-P@ssw0rd", "demo-second", "squ_demo", "AKIADEMO", "demo-session");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void aSignalEndsItAndAllThatItStarted(String signal, int status) throws Exception {
        Path out = directory.resolve("out");
        List<String> command = new ArrayList<>(DefaultSignals.command());
        command.addAll(COMMAND);
        Process process = Finished.start(directory, environment(), command, out, out);
        while (process.isAlive() && started() == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor()).isEqualTo(status);
        assertNothingIsLeft();
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        Finished finished = Finished.run(directory, environment(), List.of(COMMAND.get(0), "--nowhere"));

        assertThat(finished).isEqualTo(new Finished(1, "", "run: unknown option --nowhere; see bin/run --help\n"));
        assertNothingIsLeft();
    }

    private Map<String, String> environment() {
        return Map.of(
                "TMPDIR", temporary.toString(),
                "XDG_RUNTIME_DIR", temporary.toString(),
                // Where a user's own settings lead is none of the demo's affair.
                "AWS_PROFILE", "no-such-profile",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "VAULT_NAMESPACE", "elsewhere",
                "http_proxy", "http://127.0.0.1:1");
    }

    private void assertNothingIsLeft() {
        assertThat(temporary).isEmptyDirectory();
        assertThat(started()).isZero();
    }

    /** The processes that were told the temporary directory, as the demo backends are. */
    private long started() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(temporary.toString()))
                .filter(process -> process.isAlive())
                .count();
    }
}
