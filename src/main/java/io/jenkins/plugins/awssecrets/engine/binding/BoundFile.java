package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;

/**
 * A private file of a binding: to be made with mode 0600 in a directory of mode 0700, and removed with it.
 *
 * @param variable the variable that gets the path: of the file, or of its directory
 * @param directory whether the variable gets the directory
 * @param path relative to the private directory, with {@code /} between its parts
 */
public record BoundFile(String variable, boolean directory, String path, SecretValue content) {
    /** The path that the variable gets, relative to the private directory. */
    public String variablePath() {
        return directory ? path.substring(0, path.lastIndexOf('/')) : path;
    }
}
