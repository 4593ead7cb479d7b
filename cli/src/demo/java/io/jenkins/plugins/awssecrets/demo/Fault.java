package io.jenkins.plugins.awssecrets.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What goes wrong with a request. A text given to a fault reaches the answer's body, to prove that bodies stay in. */
public sealed interface Fault {
    /** Answers late, then as {@code then} says or as if nothing were wrong. */
    record Latency(Duration delay, Optional<Fault> then) implements Fault {}

    /**
     * An error in the service's own shape.
     *
     * @param status HTTP status; empty for the one the service itself uses with this cause
     * @param text in place of what the service itself says; reaches the body
     * @param code the service's error code, such as {@code ThrottlingException}; empty for the usual one of the cause
     */
    record ServiceError(
            Cause cause,
            OptionalInt status,
            Optional<String> code,
            Optional<String> text,
            Optional<Duration> retryAfter)
            implements Fault {
        /** The same error with a {@code Retry-After} header, in whole seconds. */
        public ServiceError retryAfter(Duration pause) {
            return new ServiceError(cause, status, code, text, Optional.of(pause));
        }

        /** The same error with another code of the service. */
        public ServiceError code(String other) {
            return new ServiceError(cause, status, Optional.of(other), text, retryAfter);
        }

        /** The same error with this text in its body. */
        public ServiceError saying(String other) {
            return new ServiceError(cause, status, code, Optional.of(other), retryAfter);
        }
    }

    /** A fixed answer that no service gives on purpose. */
    record Canned(int status, String contentType, byte[] body) implements Fault {}

    /** The right answer's head and half of its body, then the connection ends. */
    record Cut() implements Fault {}

    /** The connection ends with no answer. */
    record HangUp() implements Fault {}

    /** The right answer, a byte at a time with a pause before each. */
    record Slow(Duration pause) implements Fault {}

    /** Why a service refuses, from which each service makes its own code and status. */
    enum Cause {
        BAD_REQUEST,
        DENIED,
        NOT_FOUND,
        THROTTLED,
        INTERNAL,
        UNAVAILABLE
    }

    static Fault latency(Duration delay) {
        return new Latency(delay, Optional.empty());
    }

    static Fault latency(Duration delay, Fault then) {
        return new Latency(delay, Optional.of(then));
    }

    /** 400 {@code ThrottlingException} of AWS, 429 of Vault. */
    static ServiceError throttled() {
        return error(Cause.THROTTLED);
    }

    /** 400 {@code AccessDeniedException} of AWS, 403 {@code permission denied} of Vault. */
    static ServiceError denied() {
        return error(Cause.DENIED);
    }

    static ServiceError error(Cause cause) {
        return new ServiceError(cause, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The service's error shape with this HTTP status; 473 and 503 of Vault are standby and sealed. */
    static ServiceError status(int status) {
        Cause cause =
                switch (status) {
                    case 401, 403 -> Cause.DENIED;
                    case 404 -> Cause.NOT_FOUND;
                    case 429 -> Cause.THROTTLED;
                    case 502, 503, 504 -> Cause.UNAVAILABLE;
                    default -> status < 500 && status != 473 ? Cause.BAD_REQUEST : Cause.INTERNAL;
                };
        return new ServiceError(cause, OptionalInt.of(status), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Fault cut() {
        return new Cut();
    }

    static Fault hangUp() {
        return new HangUp();
    }

    static Fault slow(Duration pause) {
        return new Slow(pause);
    }

    static Fault malformedJson(String text) {
        return canned(200, "application/json", "{\"SecretString\": \"" + text + "\", \"data\": {{");
    }

    static Fault emptyBody() {
        return canned(200, "application/json", "");
    }

    static Fault wrongContentType(String text) {
        return canned(200, "text/html", "<html><body>" + text + "</body></html>");
    }

    /** 200 and 5 MiB of blanks after the text, as JSON goes. */
    static Fault oversized(String text) {
        byte[] body = new byte[5 * 1024 * 1024];
        Arrays.fill(body, (byte) ' ');
        byte[] head = ("{\"text\":\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, body, 0, head.length);
        body[body.length - 1] = '}';
        return new Canned(200, "application/json", body);
    }

    static Fault canned(int status, String contentType, String body) {
        return new Canned(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }
}
