package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/test} with a Maven that prints what the real one would: what it shows, counts and leaves out. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TestScriptIT {
    private static final String PASSED = """
        [INFO] Running io.jenkins.plugins.awssecrets.engine.SomeTest
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 1 s -- in io.jenkins.SomeTest
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1
        [INFO] BUILD SUCCESS\
        """;
    private static final String FAILED = """
        [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1 s <<< FAILURE! -- in io.jenkins.SomeTest
        [ERROR] Failures:
        [ERROR]   SomeTest.isRight:7 expected: 1 but was: 2
        [INFO]
        [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0
        [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.6:test\
        """;
    private static final String UNRESOLVED =
            "[ERROR] Non-resolvable parent POM: Cannot access central in offline mode and plugin:pom has not been"
                    + " downloaded";

    @TempDir
    Path directory;

    private Path checkout;
    private Path tools;

    @BeforeEach
    void prepare() throws IOException {
        checkout = directory.resolve("checkout");
        Files.createDirectories(checkout.resolve("bin"));
        for (String script : List.of("test", "lib.sh")) {
            Files.copy(
                    Finished.TOP.resolve("bin").resolve(script),
                    checkout.resolve("bin").resolve(script));
        }
        test("src/test/java/p/RealTest.java", "    @Test\n");
        test("src/test/java/p/ConnectionTest.java", "");
        test("src/test/java/p/engine/EngineTest.java", "    @Test\n");
        tools = Files.createDirectory(directory.resolve("tools"));
        tool("javac", "echo javac 17.0.1");
        jdk("jdk-21", 21);
    }

    @Test
    void bothLevelsAreCountedInTheEnd() throws Exception {
        maven(PASSED, 0, PASSED, 0);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isZero();
        assertThat(finished.err()).isEmpty();
        assertThat(finished.out())
                .startsWith("Level 1: ")
                .endsWith("\nlevel1: 2 passed, 0 failed, 1 skipped\nlevel2: 2 passed, 0 failed, 1 skipped\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nohup bash checkout/bin/test",
                "bash checkout/bin/test </dev/null",
                "bash checkout/bin/test <&-",
                "TERM=dumb bash checkout/bin/test"
            })
    void theyAreTheSameWhateverItIsStartedFrom(String command) throws Exception {
        maven("\u001b[1m" + PASSED + "\u001b[0m", 0, PASSED, 0);

        Finished finished = run("bash", "-c", command);

        assertThat(finished.status()).isZero();
        assertThat(finished.out())
                .endsWith("\nlevel1: 2 passed, 0 failed, 1 skipped\nlevel2: 2 passed, 0 failed, 1 skipped\n")
                .doesNotContain("\u001b");
    }

    @Test
    void aFailureOfLevelOneDoesNotHideThatLevelTwoDidNotRun() throws Exception {
        maven(FAILED, 1, UNRESOLVED, 1);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isEqualTo(1);
        assertThat(finished.err()).contains("LEVEL 2 DID NOT RUN: 1 test classes were left out.");
        assertThat(finished.out())
                .contains("SomeTest.isRight:7 expected: 1 but was: 2")
                .endsWith("\nlevel1: 1 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void aFailureOfLevelTwoIsShownAndCounted() throws Exception {
        maven(PASSED, 0, FAILED, 1);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isEqualTo(1);
        assertThat(finished.out())
                .contains("SomeTest.isRight:7 expected: 1 but was: 2")
                .endsWith("\nlevel1: 2 passed, 0 failed, 1 skipped\nlevel2: 1 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void theNetworkIsAskedOnlyForWhatIsMissing() throws Exception {
        maven(PASSED, 0, "case \" $* \" in *' -o '*) echo '" + UNRESOLVED + "'; exit 1 ;; esac; cat", PASSED, 0);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isZero();
        assertThat(finished.out()).contains("fetching what is missing").contains("level2: 2 passed");
    }

    @Test
    void withoutANewJdkLevelTwoIsLeftOutByItsName() throws Exception {
        maven(PASSED, 0, PASSED, 0);
        jdk("jdk-21", 17);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isZero();
        assertThat(finished.err()).contains("LEVEL 2 DID NOT RUN", "No JDK 21 or newer was found", "openjdk-21-jdk");
        assertThat(finished.out()).endsWith("\nlevel1: 2 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void whatNeedsARealPeerIsLeftOutByItsNumber() throws Exception {
        maven(PASSED, 0, PASSED, 0);
        test(
                "src/test/java/p/VaultPeerTest.java",
                "@EnabledIfEnvironmentVariable(named = \"AWS_SECRETS_PEER_VAULT\")\n");
        test("cli/src/test/java/p/MotoContractTest.java", "@EnabledIfEnvironmentVariable(named = Peers.MOTO)\n");

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.status()).isZero();
        assertThat(finished.err()).contains("NO REAL PEER: 2 test classes against a real Vault or moto were left out.");
        assertThat(finished.out()).endsWith("level2: 2 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void whereCentralIsNotReachedOneLineSaysSo() throws Exception {
        maven(UNRESOLVED, 1, PASSED, 0);

        Finished finished = run("bash", "checkout/bin/test", "--cli");

        assertThat(finished.status()).isEqualTo(1);
        assertThat(finished.out().lines())
                .filteredOn(line -> line.contains("Maven Central is not reached"))
                .hasSize(1);
    }

    @Test
    void aLongBuildShowsThatItGoesOn() throws Exception {
        maven("echo '[INFO] Running p.SlowTest'; sleep 15; cat", PASSED, 0, "cat", PASSED, 0);

        Finished finished = run("bash", "checkout/bin/test");

        assertThat(finished.out())
                .contains("0 tests so far, now SlowTest (3 s)\n", "0 tests so far, now SlowTest (13 s)\n");
    }

    private void maven(String one, int oneStatus, String two, int twoStatus) throws IOException {
        maven("cat", one, oneStatus, "cat", two, twoStatus);
    }

    private void maven(String one, int oneStatus, String doTwo, String two, int twoStatus) throws IOException {
        maven("cat", one, oneStatus, doTwo, two, twoStatus);
    }

    /** The real Maven's place: each level does something, prints its lines by {@code cat}, and ends so. */
    private void maven(String doOne, String one, int oneStatus, String doTwo, String two, int twoStatus)
            throws IOException {
        tool("mvn", """
            case " $* " in
              *' -v '*) echo 'Apache Maven 3.9.11'; exit ;;
              *spotless*) exit ;;
              *' -f cli '*) { %s; } <<'LINES'
            %s
            LINES
              exit %d ;;
              *) { %s; } <<'LINES'
            %s
            LINES
              exit %d ;;
            esac
            """.formatted(doOne, one, oneStatus, doTwo, two, twoStatus));
    }

    private void test(String file, String content) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void jdk(String name, int version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdks").resolve(name));
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/javac"), "");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    }

    private void tool(String name, String script) throws IOException {
        executable(tools.resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Finished run(String... command) throws Exception {
        return Finished.run(
                directory,
                Map.of(
                        "PATH",
                        tools + ":/usr/bin:/bin",
                        "JDK_FOLDERS",
                        directory.resolve("jdks") + "/*",
                        "JAVA_HOME",
                        "",
                        "HOME",
                        directory.toString()),
                List.of(command));
    }
}
