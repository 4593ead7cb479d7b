package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Failures that do not keep each other from being told: one line for all, with the worst one's exit code. */
final class SeveralFailures {
    private SeveralFailures() {}

    /** The failure itself where it is the only one. */
    static SecretException of(List<SecretException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        SecretException worst = failures.stream()
                .min(Comparator.comparing(f -> ExitCode.rank(ExitCode.of(f))))
                .orElseThrow();
        return new SecretException(
                worst.problem(),
                failures.size() + " failures",
                IntStream.range(0, failures.size())
                        .mapToObj(i -> "(" + (i + 1) + ") " + failures.get(i).getMessage())
                        .collect(Collectors.joining(" ")),
                "fix each of them");
    }
}
