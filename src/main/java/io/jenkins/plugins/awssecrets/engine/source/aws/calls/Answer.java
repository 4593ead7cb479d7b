package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import java.util.function.Function;

/**
 * What came of one call to AWS. A failure is as the SDK threw it: its texts may quote the response's body, so it is for
 * {@code AwsErrors} alone.
 */
public sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    record Refused<T>(Throwable failure) implements Answer<T> {
        /** Without the failure's text. */
        @Override
        public String toString() {
            return "refused by " + failure.getClass().getSimpleName();
        }
    }

    static <T> Answer<T> of(T value) {
        return new Given<>(value);
    }

    static <T> Answer<T> failed(Throwable failure) {
        return new Refused<>(failure);
    }

    default <R> R either(Function<T, R> given, Function<Throwable, R> refused) {
        if (this instanceof Given<T> answer) {
            return given.apply(answer.value());
        }
        return refused.apply(((Refused<T>) this).failure());
    }
}
