package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.awssecrets.engine.binding.AwsHome;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import java.io.IOException;
import java.util.Optional;

/** What a block finds around it. Not for several threads at once. */
final class Surroundings {
    private final Optional<FilePath> directory;
    private final Variables variables;
    private EnvVars composed;

    /**
     * @param directory where its steps run; empty outside of {@code node}
     * @param variables composed when somebody needs them, which few blocks do
     */
    Surroundings(Optional<FilePath> directory, Variables variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /** The environment. */
    interface Variables {
        EnvVars get() throws IOException, InterruptedException;
    }

    boolean haveDirectory() {
        return directory.isPresent();
    }

    /** A copy for whoever asks. */
    EnvVars environment() throws IOException, InterruptedException {
        if (composed == null) {
            composed = variables.get();
        }
        return new EnvVars(composed);
    }

    /** The workspace itself also inside of {@code dir}: the temporary folder of a folder of it would lie in it. */
    Optional<FilePath> workspace() throws IOException, InterruptedException {
        if (directory.isEmpty()) {
            return directory;
        }
        FilePath at = directory.get();
        String root = environment().get("WORKSPACE", "");
        return Optional.of(isIn(at.getRemote(), root) ? new FilePath(at.getChannel(), root) : at);
    }

    UserSettings user() throws IOException, InterruptedException {
        EnvVars environment = environment();
        String home = environment.get("HOME", "");
        String base = directory.map(FilePath::getRemote).orElse("");
        return new UserSettings(
                new DockerHome(environment.get("DOCKER_CONFIG", ""), home, base),
                new AwsHome(environment.get("AWS_CONFIG_FILE", ""), home, base));
    }

    private static boolean isIn(String directory, String root) {
        return !root.isEmpty() && (directory.startsWith(root + "/") || directory.startsWith(root + "\\"));
    }
}
