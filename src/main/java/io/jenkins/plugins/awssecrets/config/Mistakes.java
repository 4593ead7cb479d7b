package io.jenkins.plugins.awssecrets.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Mistakes as people are told. */
final class Mistakes {
    private Mistakes() {}

    /** For a page: where, why, and how to fix it. */
    static String told(SecretException mistake) {
        return "AWS Secrets: " + mistake.getMessage();
    }

    /** The mistake that a failure of data binding was about. */
    static Optional<SecretException> in(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SecretException.class::isInstance)
                .map(SecretException.class::cast)
                .findFirst();
    }

    /** For a message below the field itself. */
    static String below(SecretException mistake) {
        return mistake.reason() + "; " + mistake.fix();
    }
}
