package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.output.Streams;

/** The entry point of {@code aws-secrets}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new Program(Streams.ofProcess(), System.getenv()).run(args));
    }
}
