package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A terminal of the command's own between it and ours, by {@code script} of util-linux: it passes on what is entered, size
 * and signals of our terminal, and the command's status; what the command shows comes to us by a pipe, to be masked.
 */
final class PseudoTerminal {
    /**
     * What the user's shell, which {@code script} starts, has to do: nothing that shells read differently.
     *
     * @see Arguments
     */
    private static final String START = "exec /bin/sh -c '%s'";

    private PseudoTerminal() {}

    /**
     * How to start a shell's words in it.
     *
     * @param script of {@code /bin/sh}, without a single quote
     * @throws SecretException where there is no such program
     */
    static List<String> around(String script, Map<String, String> environment) {
        return List.of(
                program(environment),
                "--quiet",
                "--return",
                "--flush",
                "--command",
                START.formatted(script),
                "/dev/null");
    }

    private static String program(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> new File(directory, "script"))
                .filter(File::canExecute)
                .map(File::getPath)
                .filter(PseudoTerminal::isOfUtilLinux)
                .findFirst()
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        "option --tty",
                        "it needs the command script of util-linux, and none is in the PATH",
                        "install it (package bsdutils or util-linux), or give the command this terminal itself,"
                                + " unmasked, with --no-mask"));
    }

    /** BSD's takes other options. */
    private static boolean isOfUtilLinux(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            boolean told = process.waitFor(2, TimeUnit.SECONDS)
                    && new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .contains("util-linux");
            process.destroyForcibly();
            return told;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Problem.ABORTED, "option --tty", "interrupted", "run it again");
        }
    }
}
