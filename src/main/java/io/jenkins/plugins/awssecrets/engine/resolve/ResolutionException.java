package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some of what was asked for could not be had, so none of it is given: each failure with its reference. */
public final class ResolutionException extends SecretException {
    private static final long serialVersionUID = 1L;

    private final transient List<SecretException> failures;

    private ResolutionException(List<SecretException> failures) {
        super(
                failures.get(0).problem(),
                SameCause.isOne(failures) ? SameCause.subjects(failures) : failures.size() + " references failed",
                SameCause.isOne(failures) ? failures.get(0).reason() : SameCause.lines(failures),
                SameCause.isOne(failures) ? failures.get(0).fix() : "fix each of them; no value was passed on");
        this.failures = List.copyOf(failures);
    }

    /** The failure itself where there is one, else one exception that lists them all, those of lists one by one. */
    public static SecretException of(List<SecretException> failures) {
        List<SecretException> distinct = failures.stream()
                .flatMap(failure -> failure instanceof ResolutionException several
                                && !several.failures().isEmpty()
                        ? several.failures().stream()
                        : Stream.of(failure))
                .collect(Collectors.toMap(
                        SecretException::getMessage, f -> f, (a, b) -> a, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        return distinct.size() == 1 ? distinct.get(0) : new ResolutionException(distinct);
    }

    public List<SecretException> failures() {
        return failures == null ? List.of() : failures;
    }

    /** Whether one of the failures is of this kind. */
    public boolean has(Problem problem) {
        return failures().stream().anyMatch(f -> f.problem() == problem);
    }
}
