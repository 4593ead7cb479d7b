package io.jenkins.plugins.awssecrets.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code aws-secrets}. */
@Command(name = "aws-secrets", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @Override
    public void run() {
        throw new CommandLine.ParameterException(new CommandLine(this), "a command is missing");
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
