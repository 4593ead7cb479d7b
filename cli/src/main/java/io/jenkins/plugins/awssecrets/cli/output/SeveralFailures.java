package io.jenkins.plugins.awssecrets.cli.output;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.SameCause;
import java.util.Comparator;
import java.util.List;

/** Failures that do not keep each other from being told: one line for all, with the worst one's exit code. */
public final class SeveralFailures {
    private SeveralFailures() {}

    /** The failure itself where it is the only one. */
    public static SecretException of(List<SecretException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        SecretException worst = failures.stream()
                .min(Comparator.comparing(f -> ExitCode.rank(ExitCode.of(f))))
                .orElseThrow();
        boolean one = SameCause.isOne(failures);
        return new SecretException(
                worst.problem(),
                one ? SameCause.subjects(failures) : failures.size() + " failures",
                one ? worst.reason() : SameCause.lines(failures),
                one ? worst.fix() : "fix each of them");
    }
}
