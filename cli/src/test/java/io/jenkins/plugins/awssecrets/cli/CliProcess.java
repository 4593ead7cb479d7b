package io.jenkins.plugins.awssecrets.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a process of its own, for what only a process has: signals, standard input, a locale. */
public final class CliProcess {
    /** What the executable file's manifest says. */
    public static final List<String> OPENS = List.of(
            "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED");

    private CliProcess() {}

    public static Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(OPENS, environment, arguments);
    }

    /** @param options of the JVM */
    public static Process start(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        return builder(options, environment, arguments).start();
    }

    /** @param output that its standard output goes to */
    public static Process start(List<String> options, Map<String, String> environment, Path output, String... arguments)
            throws IOException {
        return builder(options, environment, arguments)
                .redirectOutput(output.toFile())
                .start();
    }

    public static ProcessBuilder builder(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(DefaultSignals.command());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs it to its end, and gives its exit status, its output and what it says of errors, with a space between each. */
    public static String run(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(options, environment, arguments);
        String out = all(process.getInputStream());
        String errors = all(process.getErrorStream());
        return process.waitFor() + " " + out + " " + errors;
    }

    public static BufferedReader lines(InputStream output) {
        return new BufferedReader(new java.io.InputStreamReader(output, StandardCharsets.UTF_8));
    }

    public static String all(InputStream output) throws IOException {
        return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
}
