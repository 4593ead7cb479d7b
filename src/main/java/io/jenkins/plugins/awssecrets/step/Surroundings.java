package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.awssecrets.engine.binding.AwsHome;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import java.util.Optional;

/**
 * What a block finds around it.
 *
 * @param directory where its steps run; empty outside of {@code node}
 */
record Surroundings(Optional<FilePath> directory, EnvVars environment) {
    Surroundings {
        environment = new EnvVars(environment);
    }

    @Override
    public EnvVars environment() {
        return new EnvVars(environment);
    }

    /** The workspace itself also inside of {@code dir}: the temporary folder of a folder of it would lie in it. */
    Optional<FilePath> workspace() {
        String root = environment.get("WORKSPACE", "");
        return directory.map(at -> isIn(at.getRemote(), root) ? new FilePath(at.getChannel(), root) : at);
    }

    UserSettings user() {
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
