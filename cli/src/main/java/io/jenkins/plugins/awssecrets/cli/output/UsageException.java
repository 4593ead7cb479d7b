package io.jenkins.plugins.awssecrets.cli.output;

import io.jenkins.plugins.awssecrets.engine.SecretException;

/** The command line is wrong. The message names options and positions, and never repeats what stands at them. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String what, String why, String fix) {
        super(what + ": " + SecretException.explain(why, fix));
    }
}
