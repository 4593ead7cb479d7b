package io.jenkins.plugins.awssecrets.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line. The parser's own messages repeat what was typed, which may be a secret. */
final class UsageErrors {
    private UsageErrors() {}

    static UsageException of(ParameterException e) {
        CommandLine at = e.getCommandLine();
        String fix = "see " + at.getCommandSpec().qualifiedName() + " --help";
        String where = at.getCommandName().equals(RootCommand.NAME) ? "command line" : at.getCommandName();
        if (e.getCause() instanceof UsageException own) {
            return own;
        }
        return new UsageException(where, reason(e), fix);
    }

    private static String reason(ParameterException e) {
        if (e instanceof MissingParameterException missing) {
            return "missing: "
                    + missing.getMissing().stream()
                            .map(CommandLine.Model.ArgSpec::paramLabel)
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
            return "twice: " + twice.getOverwritten().paramLabel();
        }
        return e.getArgSpec() == null ? "not valid" : "wrong: " + e.getArgSpec().paramLabel();
    }
}
