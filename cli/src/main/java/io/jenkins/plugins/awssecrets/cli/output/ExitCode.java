package io.jenkins.plugins.awssecrets.cli.output;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The program's exit codes, those of {@code sysexits.h}, and what a shell itself uses for commands it cannot start. */
public final class ExitCode {
    public static final int OK = 0;
    /** EX_USAGE: the command line is wrong. */
    public static final int USAGE = 64;
    /** EX_DATAERR: a configuration or a reference is malformed. */
    public static final int MALFORMED = 65;
    /** EX_NOINPUT: no such secret. */
    public static final int NO_SUCH_SECRET = 66;
    /** EX_UNAVAILABLE: a backend cannot be reached. */
    public static final int UNREACHABLE = 69;
    /** EX_SOFTWARE: anything else. */
    public static final int OTHER = 70;
    /** EX_NOPERM: a backend refuses. */
    public static final int DENIED = 77;
    /** POSIX shells: the command is there and cannot be executed. */
    public static final int NOT_EXECUTABLE = 126;
    /** POSIX shells: there is no such command. */
    public static final int COMMAND_NOT_FOUND = 127;
    /** POSIX shells: added to the number of the signal that ended a command. */
    public static final int SIGNAL = 128;

    /** Worst first: what hides the most of what else may be wrong. */
    private static final List<Integer> WORST_FIRST = List.of(OTHER, UNREACHABLE, DENIED, MALFORMED, NO_SUCH_SECRET);

    private ExitCode() {}

    public static int of(Problem problem) {
        return switch (problem) {
            case MALFORMED -> MALFORMED;
            case NOT_FOUND, DELETED, FIELD_MISSING -> NO_SUCH_SECRET;
            case UNREACHABLE, THROTTLED, TIMEOUT -> UNREACHABLE;
            case DENIED, REFUSED, UNAUTHENTICATED -> DENIED;
            case WRONG_SHAPE, BINARY, UNSUITABLE, EMPTY, ABORTED, INTERNAL -> OTHER;
        };
    }

    /** The code of a failure; the worst one of those that several references failed with. */
    public static int of(SecretException failure) {
        return failure instanceof ResolutionException several
                        && !several.failures().isEmpty()
                ? worst(several.failures().stream().map(ExitCode::of).toList())
                : of(failure.problem());
    }

    /** The lower, the worse. */
    static int rank(int code) {
        return WORST_FIRST.indexOf(code);
    }

    /** The worst of some codes; 0 where there is none. */
    public static int worst(Collection<Integer> codes) {
        return codes.stream()
                .filter(code -> code != OK)
                .min(Comparator.comparing(ExitCode::rank))
                .orElse(OK);
    }
}
