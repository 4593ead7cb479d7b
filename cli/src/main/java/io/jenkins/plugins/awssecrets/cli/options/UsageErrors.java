package io.jenkins.plugins.awssecrets.cli.options;

import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line. The parser's own messages repeat what was typed, which may be a secret. */
public final class UsageErrors {
    private static final int LONGEST_NAME = 24;

    private UsageErrors() {}

    public static UsageException of(ParameterException e) {
        CommandLine at = e.getCommandLine();
        String where = at.getCommandName().equals(RootCommand.NAME) ? "command line" : at.getCommandName();
        if (e.getCause() instanceof UsageException own) {
            return own;
        }
        String fix = "see " + at.getCommandSpec().qualifiedName() + " --help";
        return new UsageException(
                where,
                reason(e),
                meant(e).map(word -> "did you mean " + word + "? See" + fix.substring("see".length()))
                        .orElse(fix));
    }

    private static String reason(ParameterException e) {
        if (e instanceof MissingParameterException missing) {
            return "missing: "
                    + missing.getMissing().stream()
                            .map(UsageErrors::named)
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched.isUnknownOption()
                    ? "unknown option"
                    : unmatched.getUnmatched().size() == 1
                            ? "unknown command, or one argument too many"
                            : "unknown command, or " + unmatched.getUnmatched().size() + " arguments too many";
        }
        if (e instanceof OverwrittenOptionException twice) {
            return "twice: " + named(twice.getOverwritten());
        }
        if (e.getArgSpec() == null) {
            return "not valid";
        }
        Class<?> type = e.getArgSpec().type();
        return (type == int.class || type == Integer.class ? "not a number: " : "not valid: ") + named(e.getArgSpec());
    }

    /** What stands for an argument in the help, and of an option its name. */
    private static String named(ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.paramLabel().isEmpty()
                ? option.paramLabel() + " of " + option.longestName()
                : argument.paramLabel();
    }

    /** The command or option that is nearly what was typed; only its own name is shown. */
    private static Optional<String> meant(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        boolean option = typed.startsWith("-");
        List<String> known = option
                ? spec.options().stream().map(OptionSpec::longestName).toList()
                : List.copyOf(spec.subcommands().keySet());
        return typed.length() > LONGEST_NAME ? Optional.empty() : Spelling.nearest(typed, known);
    }
}
