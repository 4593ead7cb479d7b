package io.jenkins.plugins.awssecrets.cli.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a process gave. */
record Finished(int status, String out, String err) {
    /** The directory that this repository is in. */
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** Runs a command to its end, with these variables beside the inherited ones, in the given directory. */
    static Finished run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        Process process = start(directory, environment, command, out, err);
        try {
            int status = process.waitFor();
            return new Finished(status, read(out), read(err));
        } finally {
            process.destroy();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts a command that has no input and writes to files. */
    static Process start(Path directory, Map<String, String> environment, List<String> command, Path out, Path err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
