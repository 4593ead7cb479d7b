package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the steps of a connection test. A service that denies a call was reached and knows the caller, so the step
 * {@code reach} is judged from the steps after it.
 */
public final class CheckSteps {
    /** What a service says only after it has accepted the caller's signature. */
    private static final Set<Problem> OF_ONE_CALL =
            Set.of(Problem.DENIED, Problem.NOT_FOUND, Problem.DELETED, Problem.MALFORMED);

    private final List<SourceCheck> steps = new ArrayList<>();

    /** Runs a required step. */
    public boolean required(String what, Runnable step) {
        return add(what, true, failureOf(step));
    }

    /**
     * Runs optional steps as one proof that the service can be reached: the first whose failure is no denial or the
     * like ends the test as a failed required step {@code reach}.
     */
    public void reaching(List<Step> optional) {
        List<SourceCheck> done = new ArrayList<>();
        for (Step step : optional) {
            Optional<SecretException> failure = failureOf(step.run());
            if (failure.filter(why -> !OF_ONE_CALL.contains(why.problem())).isPresent()) {
                add("reach", true, failure);
                return;
            }
            done.add(new SourceCheck(step.what(), false, failure));
        }
        add("reach", true, Optional.empty());
        steps.addAll(done);
    }

    /** A step that tells of a permission the source can do without. */
    public record Step(String what, Runnable run) {}

    public List<SourceCheck> steps() {
        return List.copyOf(steps);
    }

    private boolean add(String what, boolean required, Optional<SecretException> failure) {
        steps.add(new SourceCheck(what, required, failure));
        return failure.isEmpty();
    }

    private static Optional<SecretException> failureOf(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(e);
        }
    }
}
