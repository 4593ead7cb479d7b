package io.jenkins.plugins.awssecrets.engine.consumers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of other people. */
public final class Tool {
    private static final long PATIENCE_SECONDS = 90;

    private Tool() {}

    /** Skips the test, and says so, where one is missing. */
    public static void need(String... programs) {
        for (String program : programs) {
            boolean there = find(program).isPresent();
            if (!there) {
                System.err.println("CONSUMER MISSING: " + program + " is not installed, and nothing is tried with it");
            }
            assumeTrue(there, program + " is not installed");
        }
    }

    /** The same for something that no folder of programs has. */
    public static void needFile(Path file, String what) {
        boolean there = Files.isReadable(file);
        if (!there) {
            System.err.println("CONSUMER MISSING: " + what + " is not at " + file + ", and nothing is tried with it");
        }
        assumeTrue(there, what + " is not installed");
    }

    /** The same for a module of Python. */
    public static void needModule(String module) throws IOException, InterruptedException {
        need("python3");
        boolean there = new ProcessBuilder("python3", "-c", "import " + module)
                        .redirectErrorStream(true)
                        .redirectOutput(new File("/dev/null"))
                        .start()
                        .waitFor()
                == 0;
        if (!there) {
            System.err.println("CONSUMER MISSING: python3 has no module " + module + ", and nothing is tried with it");
        }
        assumeTrue(there, "the module " + module + " is not installed");
    }

    private static Optional<Path> find(String program) {
        return Arrays.stream((System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end; gives its output, both streams together. */
    public static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }
}
