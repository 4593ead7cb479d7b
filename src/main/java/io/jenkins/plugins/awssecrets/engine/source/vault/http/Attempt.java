package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What came of sending a request once. */
sealed interface Attempt {
    /** An answer of any status but a redirect. */
    record Answered(HttpResponse<byte[]> response) implements Attempt {
        @Override
        public String toString() {
            return "answered " + response.statusCode();
        }
    }

    /** No answer. */
    record Broken(SecretException why, Repeat repeat) implements Attempt {}

    /** Whether sending again makes sense. */
    enum Repeat {
        /** The server did not take the request on. */
        ALWAYS,
        /** The server may have carried it out. */
        IF_REPEATABLE,
        NEVER
    }

    Set<Integer> NOT_TAKEN_ON = Set.of(429, 502, 503);

    /** 412: a performance standby that lags behind the token. */
    Set<Integer> MAYBE_CARRIED_OUT = Set.of(412, 500, 504);

    default Repeat repeat() {
        if (this instanceof Answered answered) {
            int status = answered.response().statusCode();
            return NOT_TAKEN_ON.contains(status)
                    ? Repeat.ALWAYS
                    : MAYBE_CARRIED_OUT.contains(status) ? Repeat.IF_REPEATABLE : Repeat.NEVER;
        }
        return ((Broken) this).repeat();
    }

    default boolean mayRepeat(VaultRequest request) {
        return repeat() == Repeat.ALWAYS || repeat() == Repeat.IF_REPEATABLE && request.repeatable();
    }

    default boolean isThrottled() {
        return this instanceof Answered answered && answered.response().statusCode() == 429;
    }

    default Optional<Duration> retryAfter(Clock clock) {
        return this instanceof Answered answered
                ? RetryAfter.parse(answered.response().headers().firstValue("Retry-After"), clock)
                : Optional.empty();
    }

    /** @throws SecretException why there is none */
    default HttpResponse<byte[]> answer() {
        if (this instanceof Broken broken) {
            throw broken.why();
        }
        return ((Answered) this).response();
    }
}
