package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;

/**
 * A private file of a binding: to be made with mode 0600 in a directory of mode 0700, and removed with it.
 *
 * @param variable the variable that gets the path: of the file, or of its directory; for one that is renewed, the
 *     variable with the name of the profile that reads it
 * @param directory whether the variable gets the directory
 * @param path relative to the private directory, with {@code /} between its parts
 * @param renewed whether it is written anew before what it holds expires
 */
public record BoundFile(String variable, boolean directory, String path, SecretValue content, boolean renewed) {
    public BoundFile(String variable, boolean directory, String path, SecretValue content) {
        this(variable, directory, path, content, false);
    }

    /** The path that the variable gets, relative to the private directory. */
    public String variablePath() {
        return directory ? path.substring(0, path.lastIndexOf('/')) : path;
    }
}
