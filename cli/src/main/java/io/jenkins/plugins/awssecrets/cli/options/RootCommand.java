package io.jenkins.plugins.awssecrets.cli.options;

import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code aws-secrets} itself: the options that all commands share. */
@Command(
        name = RootCommand.NAME,
        description = "Runs commands with secrets from AWS Parameter Store, AWS Secrets Manager and HashiCorp Vault.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = RootCommand.Version.class,
        usageHelpAutoWidth = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 64 usage, 65 malformed configuration or reference,",
            "66 no such secret, 69 backend unreachable, 77 access denied,",
            "70 anything else; exec exits with its command's status."
        })
public final class RootCommand implements Callable<Integer> {
    public static final String NAME = "aws-secrets";

    private static final int LONGEST_TIMEOUT = 3600;

    private final Invocation invocation;

    public RootCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = {
                "Sources and credentials (default: the file that",
                "AWS_SECRETS_CONFIG names, or aws-secrets.yaml)."
            })
    void config(Path file) {
        named("--config", "a file", file.toString());
        invocation.configFile(Optional.of(file));
    }

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description = "Time limit for all backends together (default: 30).")
    void timeout(String seconds) {
        // Text, so that a wrong one is told without being repeated.
        if (!seconds.matches("[1-9]\\d{0,3}") || Integer.parseInt(seconds) > LONGEST_TIMEOUT) {
            throw new UsageException("option --timeout", "not a number from 1 to " + LONGEST_TIMEOUT, "enter seconds");
        }
        invocation.timeout(Duration.ofSeconds(Integer.parseInt(seconds)));
    }

    @Option(
            names = "--region",
            paramLabel = "REGION",
            scope = ScopeType.INHERIT,
            description = "For AWS sources without their own region.")
    void region(String name) {
        named("--region", "a region", name);
        invocation.region(name);
    }

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "For AWS sources without their own authentication.")
    void profile(String name) {
        named("--profile", "a profile", name);
        invocation.profile(name);
    }

    /** An empty one comes of a variable that is not set, and another identity or file would be used in its place. */
    private static void named(String option, String what, String name) {
        if (name.isBlank()) {
            throw new UsageException("option " + option, "it is empty", "name " + what + ", or leave the option out");
        }
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Add the stack trace to an error.")
    void debug(boolean on) {
        invocation.debug(on);
    }

    @Override
    public Integer call() {
        throw new UsageException("command line", "a command is missing", "see " + NAME + " --help");
    }

    /** The version in the executable file's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                NAME + " "
                        + Optional.ofNullable(RootCommand.class.getPackage().getImplementationVersion())
                                .orElse("(not packaged)")
            };
        }
    }
}
