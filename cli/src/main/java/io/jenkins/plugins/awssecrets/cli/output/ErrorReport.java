package io.jenkins.plugins.awssecrets.cli.output;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Tells a failure on the standard error stream: one line, and with {@code --debug} where in the program it came from. */
public final class ErrorReport {
    private static final String PROGRAM = "aws-secrets: ";

    private final PrintStream err;
    private final boolean debug;
    private final Optional<Duration> timeout;

    public ErrorReport(PrintStream err, boolean debug) {
        this(err, debug, Optional.empty());
    }

    /** @param timeout that {@code --timeout} says or left at its default */
    public ErrorReport(PrintStream err, boolean debug, Optional<Duration> timeout) {
        this.err = err;
        this.debug = debug;
        this.timeout = timeout;
    }

    /** Prints the failure and gives the code to exit with. */
    public int report(Throwable failure) {
        if (failure instanceof SecretException known) {
            line(known.getMessage() + limit(known));
            for (Throwable beside : known.getSuppressed()) {
                if (beside instanceof SecretException told) {
                    warn(told.getMessage());
                }
            }
            trace(known);
            return ExitCode.of(known);
        }
        if (failure instanceof UsageException usage) {
            line(usage.getMessage());
            trace(usage);
            return ExitCode.USAGE;
        }
        if (failure instanceof IOException) {
            line("standard input or output: cannot be read or written any more. Check that its other end is still"
                    + " there and that its disk is not full");
            trace(failure);
            return ExitCode.OTHER;
        }
        // Only the type: the text of an exception nobody foresaw may hold anything.
        line("unexpected " + failure.getClass().getName()
                + ": a defect of this program; run it again with --debug and report what it prints");
        trace(failure);
        return ExitCode.OTHER;
    }

    private String limit(SecretException failure) {
        boolean late = failure.problem() == Problem.TIMEOUT
                || failure instanceof ResolutionException several && several.has(Problem.TIMEOUT);
        return timeout.filter(any -> late).map(ErrorReport::limit).orElse("");
    }

    public static String limit(Duration timeout) {
        return ". The limit is " + timeout.toSeconds() + " s; --timeout sets another";
    }

    /** Prints something that is no failure of the command. */
    public void warn(String text) {
        line("warning: " + text);
    }

    /** Prints something worth knowing that may be just as it was intended. */
    public void note(String text) {
        line("note: " + text);
    }

    /** Prints the one line of a failure that is none of the program itself. */
    public void line(String text) {
        err.println(PROGRAM + oneLine(text));
        err.flush();
    }

    /**
     * The types and places of a failure and its causes. Texts are left out: the failure's own is printed already, and a
     * library's may quote what it was given.
     */
    private void trace(Throwable failure) {
        if (!debug) {
            return;
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            err.println((at == failure ? "" : "Caused by: ") + at.getClass().getName());
            for (StackTraceElement frame : at.getStackTrace()) {
                err.println("\tat " + frame);
            }
        }
        err.flush();
    }

    /** The text without line ends and other control characters, which a name from a backend may hold. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c ->
                        line.appendCodePoint(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c));
        return line.toString();
    }
}
