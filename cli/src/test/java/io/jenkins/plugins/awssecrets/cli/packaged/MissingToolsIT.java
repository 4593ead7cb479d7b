package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts on a machine that lacks a tool: they say which, and how to get it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MissingToolsIT {
    /** What every Debian and Ubuntu has. */
    private static final List<String> BASE = List.of(
            "bash",
            "env",
            "dirname",
            "basename",
            "sed",
            "grep",
            "sort",
            "head",
            "mktemp",
            "rm",
            "find",
            "chmod",
            "mkdir",
            "cat",
            "cp",
            "touch");

    @TempDir
    Path directory;

    /** The only directory of the PATH. */
    private Path tools;

    @BeforeEach
    void prepare() throws IOException {
        tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : BASE) {
            tool(tool, "exec " + found(tool) + " \"$@\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/test --cli", "bin/run --cli"})
    void withoutAJdkTheyNameOneAndItsPackage(String script) throws Exception {
        assertThat(run(script).err())
                .endsWith(": no JDK found; install one of version 17 or newer"
                        + " (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)\n");
        assertThat(run(script).status()).isEqualTo(1);
    }

    @Test
    void anOldJdkIsToldByItsVersion() throws Exception {
        tool("javac", "echo javac 11.0.22");

        assertThat(run("bin/test --cli"))
                .isEqualTo(new Finished(
                        1,
                        "",
                        "test: JDK 11 found; version 17 or newer is needed"
                                + " (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)\n"));
    }

    @Test
    void withoutMavenItsPackageIsNamed() throws Exception {
        tool("javac", "echo javac 21.0.2");

        assertThat(run("bin/test --cli"))
                .isEqualTo(
                        new Finished(
                                1,
                                "",
                                "test: no Maven found; install version 3.8 or newer (Debian, Ubuntu: apt-get install maven)\n"));
    }

    @Test
    void anOldMavenIsToldByItsVersion() throws Exception {
        tool("javac", "echo javac 21.0.2");
        tool("mvn", "echo Apache Maven 3.6.3");

        assertThat(run("bin/test --cli"))
                .isEqualTo(new Finished(1, "", "test: Maven 3.6.3 found; version 3.8 or newer is needed\n"));
    }

    @Test
    void aMavenThatIsTooOldForTheParentFetchesANewerOneByItsCoordinates() throws Exception {
        Path top = Files.createDirectories(directory.resolve("checkout/bin"));
        Files.copy(Finished.TOP.resolve("bin/lib.sh"), top.resolve("lib.sh"));
        Path asked = directory.resolve("asked");
        tool("mvn", """
                if [ "$1" = -q ]; then echo "Apache Maven 3.8.7"; exit; fi
                echo "$@" > %s
                for word; do case $word in -DoutputDirectory=*) touch "${word#*=}/apache-maven-3.9.11-bin.zip" ;; esac; done
                """.formatted(asked));
        tool("jar", """
                mkdir -p apache-maven-3.9.11/bin; echo unpacked > apache-maven-3.9.11/bin/mvn
                """);

        Finished finished = Finished.run(
                directory,
                Map.of("PATH", tools.toString()),
                List.of(tools.resolve("bash").toString(), "-c", ". checkout/bin/lib.sh; maven_for_plugin"));

        assertThat(finished.err()).isEmpty();
        Path maven = directory.resolve("checkout/.tools/apache-maven-3.9.11/bin/mvn");
        assertThat(finished.out()).isEqualTo(maven.toRealPath() + "\n");
        assertThat(maven).isExecutable();
        assertThat(asked).content().contains("-Dartifact=org.apache.maven:apache-maven:3.9.11:zip:bin");
    }

    @Test
    void aMavenThatIsNewEnoughIsTaken() throws Exception {
        tool("mvn", "echo Apache Maven 3.9.6");

        Finished finished = Finished.run(
                directory,
                Map.of("PATH", tools.toString()),
                List.of(tools.resolve("bash").toString(), "-c", ". " + Finished.TOP + "/bin/lib.sh; maven_for_plugin"));

        assertThat(finished).isEqualTo(new Finished(0, tools.resolve("mvn") + "\n", ""));
    }

    private Finished run(String script) throws Exception {
        List<String> command = Stream.of(script.split(" "))
                .map(word ->
                        word.startsWith("bin/") ? Finished.TOP.resolve(word).toString() : word)
                .toList();
        return Finished.run(directory, Map.of("PATH", tools.toString()), command);
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!" + found("bash") + "\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path found(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
    }
}
