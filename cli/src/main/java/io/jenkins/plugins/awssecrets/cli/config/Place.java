package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;

/** A place in a file; line and column count from 1. */
record Place(String file, int line, int column) {
    /** @param path from the file's top to the field in question; empty for the file itself */
    SecretException malformed(String path, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, this + (path.isEmpty() ? "" : ": " + path), reason, fix);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
