package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;

/**
 * Something in the configuration that is read, and perhaps not as it was intended.
 *
 * @param place file, line, column and field
 * @param reason without a full stop
 * @param fix without a full stop
 */
public record Note(String place, String reason, String fix) {
    @Override
    public String toString() {
        return place + ": " + SecretException.explain(reason, fix);
    }
}
