package io.jenkins.plugins.awssecrets.log;

import hudson.AbortException;
import hudson.Functions;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Masks what a block fails with, since an error is not only printed but kept with the build. An exception that shows no
 * secret stays the same object.
 */
public final class MaskedFailure implements FailureHandler {
    private static final long serialVersionUID = 1L;

    private final BuildMask mask;

    /** @param run the build that the block is part of */
    public MaskedFailure(Run<?, ?> run) {
        this.mask = new BuildMask(run);
    }

    @Override
    public Throwable handle(StepContext context, Throwable failure) {
        return mask.secrets()
                .map(secrets -> masked(failure, secrets.masker(), Collections.newSetFromMap(new IdentityHashMap<>())))
                .orElse(failure);
    }

    /** The failure itself, or where its texts show a secret a copy that does not. */
    static Throwable masked(Throwable failure, Masker masker, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return new Masked(failure.getClass().getName(), "it causes itself");
        }
        String text = Functions.printThrowable(failure);
        if (masker.mask(text).equals(text)) {
            return failure;
        }
        Throwable masked = copy(failure, masker.mask(Objects.requireNonNullElse(failure.getMessage(), "")));
        masked.setStackTrace(failure.getStackTrace());
        Optional.ofNullable(failure.getCause()).ifPresent(cause -> masked.initCause(masked(cause, masker, seen)));
        for (Throwable suppressed : failure.getSuppressed()) {
            masked.addSuppressed(masked(suppressed, masker, seen));
        }
        return masked;
    }

    private static Throwable copy(Throwable failure, String message) {
        if (failure instanceof FlowInterruptedException interrupted) {
            // The result, and whether somebody aborted the build, are what others read of it.
            return new FlowInterruptedException(
                    interrupted.getResult(), interrupted.getCauses().toArray(new jenkins.model.CauseOfInterruption[0]));
        }
        return failure instanceof AbortException
                ? new AbortException(message)
                : new Masked(failure.getClass().getName(), message);
    }

    private static final class Masked extends Exception {
        private static final long serialVersionUID = 1L;

        private final String type;

        Masked(String type, String message) {
            super(message);
            this.type = type;
        }

        /** As the exception that it stands for would be printed. */
        @Override
        public String toString() {
            return type + ": " + getMessage();
        }
    }
}
