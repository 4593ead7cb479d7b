package io.jenkins.plugins.awssecrets.step;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.ExistingDockerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory that docker would read without the block, on the agent: its settings, contexts, plugins and other logins
 * go on to count inside of the block.
 *
 * @param configured the value of {@code DOCKER_CONFIG}; empty for none
 * @param home the user's home directory; empty for that of the agent's process
 */
record DockerHome(String configured, String home) implements Serializable {
    private static final String CONFIG = "config.json";

    /** Docker's own files have some kilobytes. */
    private static final int LARGEST = 1 << 20;

    /** The file's content with the logins among it. */
    SecretValue with(SecretValue logins) throws IOException {
        Path config = directory().resolve(CONFIG);
        if (!Files.isRegularFile(config) || !Files.isReadable(config)) {
            return logins;
        }
        try (InputStream file = Files.newInputStream(config)) {
            return new ExistingDockerConfig(file.readNBytes(LARGEST)).with(logins);
        }
    }

    /** Makes the other files and directories reachable under another directory, which does not own them. */
    void linkInto(Path other) throws IOException {
        for (Path file : files()) {
            if (!file.endsWith(CONFIG)) {
                link(other.resolve(directory().relativize(file)), file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory()) || !Files.isReadable(directory())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory())) {
            return all.toList();
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

    private Path directory() {
        return configured.isEmpty()
                ? Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".docker")
                : Path.of(configured);
    }
}
