package io.jenkins.plugins.awssecrets.config.forms;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Mistakes as people are told. */
public final class Mistakes {
    private Mistakes() {}

    /** For a page: where, why, and how to fix it. */
    public static String told(SecretException mistake) {
        return "AWS Secrets: " + mistake.getMessage();
    }

    /** The mistake that a failure of data binding was about. */
    public static Optional<SecretException> in(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SecretException.class::isInstance)
                .map(SecretException.class::cast)
                .findFirst();
    }

    /** For a message below the field itself. */
    public static String below(SecretException mistake) {
        return mistake.explanation();
    }
}
