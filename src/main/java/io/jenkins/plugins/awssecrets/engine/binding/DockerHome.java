package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that docker would read without a binding's, on the machine that runs it: its settings, contexts, plugins
 * and other logins go on to count.
 *
 * @param configured the value of {@code DOCKER_CONFIG}; empty for none
 * @param home the user's home directory; empty for that of this process
 * @param base what a relative path is relative to
 */
public record DockerHome(String configured, String home, String base) implements Serializable {
    private static final String CONFIG = "config.json";

    /** Docker's own files have some kilobytes. */
    private static final int LARGEST = 1 << 20;

    /** The file's content with the logins among it. */
    public SecretValue with(SecretValue logins) throws IOException {
        Optional<Path> config = directory().map(directory -> directory.resolve(CONFIG));
        if (config.filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                .isEmpty()) {
            return logins;
        }
        try (InputStream file = Files.newInputStream(config.get())) {
            return new ExistingDockerConfig(file.readNBytes(LARGEST)).with(logins);
        }
    }

    /** Makes the other files and directories reachable under another directory, which does not own them. */
    public void linkInto(Path other) throws IOException {
        Optional<Path> directory = directory().filter(path -> Files.isDirectory(path) && Files.isReadable(path));
        if (directory.isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.get(), file -> !file.endsWith(CONFIG))) {
            for (Path file : files) {
                link(other.resolve(directory.get().relativize(file)), file);
            }
        }
    }

    private static void link(Path from, Path to) {
        try {
            Files.createSymbolicLink(from, to);
        } catch (IOException | UnsupportedOperationException e) {
            // Windows asks for a privilege; without it docker finds its logins and settings, but no plugins of the
            // user.
            return;
        }
    }

    /** Empty where docker would not find one by these names either. */
    private Optional<Path> directory() {
        try {
            return Optional.of(Path.of(base)
                    .resolve(
                            configured.isEmpty()
                                    ? Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".docker")
                                    : Path.of(configured)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
