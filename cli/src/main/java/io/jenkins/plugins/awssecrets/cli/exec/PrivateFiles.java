package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.binding.PrivateFileWriter;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a command's bindings, in a fresh directory of mode 0700, each with mode 0600 from the moment it is
 * there. Closing removes the directory; so does the end of the program where nobody came to close it.
 */
public final class PrivateFiles implements AutoCloseable {
    private final Optional<Path> directory;
    private final Map<String, String> variables;
    private final Thread atExit;

    private PrivateFiles(Optional<Path> directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = variables;
        this.atExit = new Thread(this::removeQuietly, "remove private files");
        directory.ifPresent(d -> Runtime.getRuntime().addShutdownHook(atExit));
    }

    /**
     * Writes the files.
     *
     * @param parents where the directory may be made, the first that takes it is used
     * @param user what tools read without them
     * @throws SecretException when none of them does, or a file cannot be written
     */
    public static PrivateFiles write(List<BoundFile> files, List<Path> parents, UserSettings user) {
        if (files.isEmpty()) {
            return new PrivateFiles(Optional.empty(), Map.of());
        }
        Path directory = directory(parents);
        Map<String, String> variables = new LinkedHashMap<>();
        PrivateFileWriter writer = new PrivateFileWriter(directory);
        PrivateFiles written = new PrivateFiles(Optional.of(directory), variables);
        try {
            for (BoundFile file : files) {
                Path given = directory.resolve(file.variablePath());
                SecretValue content = user.content(file.variable(), file.content(), directory);
                writer.write(file.path(), content.bytes());
                if (file.variable().equals(VariableNames.DOCKER_CONFIG)) {
                    user.docker().linkInto(given);
                }
                if (!file.renewed()) {
                    variables.put(file.variable(), given.toString());
                }
            }
            return written;
        } catch (IOException | RuntimeException e) {
            written.close();
            throw failure("a file of mode 0600 could not be written", e);
        }
    }

    /** Directories for files that should not outlive the machine: in memory where there is such a place. */
    public static List<Path> places(Map<String, String> environment) {
        Optional<Path> ofUser = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .filter(d -> d.startsWith("/"))
                .map(Path::of);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return java.util.stream.Stream.of(ofUser, Optional.of(Path.of("/dev/shm")), Optional.of(temporary))
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .filter(Files::isWritable)
                .toList();
    }

    private static Path directory(List<Path> parents) {
        Optional<IOException> last = Optional.empty();
        for (Path parent : parents) {
            try {
                return Files.createTempDirectory(parent, "aws-secrets-", PrivateFileWriter.forOwner());
            } catch (IOException e) {
                last = Optional.of(e);
            }
        }
        throw failure(
                "no directory of mode 0700 could be made for them", last.orElseGet(() -> new IOException("none")));
    }

    /**
     * Puts those that are renewed in the place of those that were written.
     *
     * @throws SecretException when one cannot be written
     */
    public void replace(List<BoundFile> files) {
        try {
            for (BoundFile file : files) {
                if (file.renewed()) {
                    new PrivateFileWriter(directory.orElseThrow())
                            .replace(file.path(), file.content().bytes());
                }
            }
        } catch (IOException e) {
            throw failure("a file of mode 0600 could not be written", e);
        }
    }

    /** The variables that get a path: absolute paths by name. */
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending already.
        }
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (SecretException e) {
            // The program is ending: nobody is left to tell.
        }
    }

    private synchronized void remove() {
        directory.filter(Files::exists).ifPresent(PrivateFiles::remove);
    }

    /** Goes on after what cannot be removed, so that as little as possible is left. */
    private static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new Removal());
        } catch (IOException e) {
            // Told below, by what is left.
        }
        if (Files.exists(directory)) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "private files",
                    "the directory " + directory + " could not be removed",
                    "remove it by hand: it may hold secrets");
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            // The command may have taken its own access away.
            at.toFile().setExecutable(true);
            at.toFile().setReadable(true);
            at.toFile().setWritable(true);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path at, IOException e) {
            return delete(at);
        }

        private static FileVisitResult delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // The directory is left then, which the caller sees.
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static SecretException failure(String reason, Exception e) {
        return new SecretException(
                Problem.INTERNAL,
                "private files",
                reason + " (" + e.getClass().getSimpleName() + ")",
                "see that XDG_RUNTIME_DIR, /dev/shm or the temporary directory has room and is yours to write");
    }
}
