package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Await;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.cli.Main;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exec} as a process: signals, standard input, locales. */
// In a thread of its own, as reading from a process cannot be interrupted.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecProcessTest {
    /** Waits without a child of its own, so that the signal finds the shell at once. */
    private static final String WAIT = "while :; do read -r line || exit 99; done";

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();
    private String config;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(ExactValues.seed()
                .secret("ci/docker", "{\"password\":\"docker-canary-1\"}")
                .with(Seed.parse("""
                vault:
                  mounts:
                    - {path: database, type: database, roles: {long: {ttl: 1h, fields: {password: "{{random}}"}}}}
                """).vault()));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = demo.write(
                directory.resolve("aws-secrets.yaml"),
                "credentials: [{dockerRegistry: {id: hub, username: u, password: \"sm:ci/docker#password\"}}]");
        demo.backends().requests().clear();
    }

    @AfterEach
    void fix() {
        demo.backends().faults().clear();
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalEndsTheCommandAndCleansUp(String signal, int status) throws Exception {
        Process process = exec(
                "--credential",
                "hub",
                "--secret",
                "D=vault:database/creds/long",
                "--",
                "sh",
                "-c",
                "echo $DOCKER_CONFIG; " + WAIT);
        Path docker = Path.of(CliProcess.lines(process.getInputStream()).readLine());
        assertThat(docker.resolve("config.json")).exists();

        send(signal, process);

        assertThat(process.waitFor()).isEqualTo(status);
        assertThat(docker.getParent()).doesNotExist();
        assertThat(demo.backends().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
        assertThat(CliProcess.all(process.getErrorStream())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aCommandThatHandlesASignalEndsAsItLikes(String signal) throws Exception {
        Process process = exec("--", "sh", "-c", "trap 'echo caught; exit 9' " + signal + "; echo ready; " + WAIT);
        BufferedReader out = CliProcess.lines(process.getInputStream());
        assertThat(out.readLine()).isEqualTo("ready");

        send(signal, process);

        assertThat(out.readLine()).isEqualTo("caught");
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @Test
    void aCommandThatIgnoresASignalGetsTheNextToo() throws Exception {
        Process process = exec(
                "--",
                "sh",
                "-c",
                "trap 'n=$((n + 1)); echo $n; test $n != 2 || exit 99' TERM; echo ready; while :; do read -r line; done");
        BufferedReader out = CliProcess.lines(process.getInputStream());
        assertThat(out.readLine()).isEqualTo("ready");
        send("TERM", process);
        assertThat(out.readLine()).isEqualTo("1");
        send("TERM", process);
        assertThat(out.readLine()).isEqualTo("2");

        assertThat(process.waitFor()).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalDuringTheFetchEndsTheProgramWithoutTheCommand(String signal, int status) throws Exception {
        Path started = directory.resolve("started");
        demo.backends().faults().inject(Service.SECRETS_MANAGER, Fault.latency(Duration.ofMinutes(5)));
        Process process = exec("--credential", "hub", "--", "touch", started.toString());
        Await.until(
                () -> !demo.backends().requests().to(Service.SECRETS_MANAGER).isEmpty());

        send(signal, process);

        assertThat(process.waitFor()).isEqualTo(status);
        assertThat(started).doesNotExist();
    }

    @Test
    void theCommandReadsOurInputAndItsPromptsAppear() throws Exception {
        Process process = exec("--", "sh", "-c", "printf 'name? '; read -r name; echo \"hello $name\"; cat");
        assertThat(new String(process.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
                .isEqualTo("name? ");

        process.getOutputStream().write("you\nand more".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();

        assertThat(CliProcess.all(process.getInputStream())).isEqualTo("hello you\nand more");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aReaderThatGoesAwayEndsTheCommandAsItWouldWithoutUs() throws Exception {
        Process process = exec("--", "yes");
        process.getInputStream().read();

        process.getInputStream().close();

        // 128 + SIGPIPE
        assertThat(process.waitFor()).isEqualTo(141);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    void everyByteOfAValueReachesTheCommandUnderAnyLocale(String locale) throws Exception {
        Path seen = directory.resolve("environment");
        List<String> arguments = new ArrayList<>(ExactValues.arguments());
        arguments.addAll(List.of("--", "sh", "-c", "env -0 > " + seen));

        Process process = exec(Map.of("LC_ALL", locale), arguments.toArray(String[]::new));

        assertThat(CliProcess.all(process.getErrorStream())).isEmpty();
        assertThat(process.waitFor()).isZero();
        Map<String, byte[]> environment = ExactValues.read(seen);
        ExactValues.BY_NAME.forEach(
                (name, value) -> assertThat(environment.get(name)).as(name).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void everyByteOfAnArgumentReachesTheCommandUnderAnyLocale(String locale) throws Exception {
        // Java gives arguments to a process in this JVM's own charset, so a shell has to make these bytes.
        Path script = Files.writeString(directory.resolve("words.sh"), "printf '[%s]' \"$@\"\n");
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "exec \"$@\" -- sh \"$0\" \"$(printf 'h\\303\\251')\" \"$(printf '\\377')\" \"it's\" '' '$x'"));
        command.add(script.toString());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "exec"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();

        assertThat(process.getInputStream().readAllBytes())
                .isEqualTo("[h\u00c3\u00a9][\u00ff][it's][][$x]".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aValueTheLocaleCannotExpressIsRefusedWhereTheManifestIsNotInForce() throws Exception {
        Process process = CliProcess.start(
                List.of(),
                Map.of("LC_ALL", "C"),
                "--config",
                config,
                "exec",
                "--secret",
                "A=sm:exact/ACCENTS",
                "--",
                "true");

        String err = CliProcess.all(process.getErrorStream());
        assertThat(process.waitFor()).isEqualTo(70);
        assertThat(err)
                .contains("variable A: its value has characters that the locale's charset", "LC_ALL=C.UTF-8")
                .doesNotContain("passw");
    }

    private Process exec(String... arguments) throws IOException {
        return exec(Map.of(), arguments);
    }

    private Process exec(Map<String, String> environment, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--config", config, "exec"));
        all.addAll(Arrays.asList(arguments));
        Process process = CliProcess.start(environment, all.toArray(String[]::new));
        started.add(process);
        return process;
    }

    private static void send(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }
}
