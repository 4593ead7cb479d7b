package io.jenkins.plugins.awssecrets.engine;

import java.util.Objects;

/**
 * One thing that failed, told in three parts: what (a reference, a source, a place in a file), why, and how to mend it.
 *
 * <p>No part ever holds a secret value, a token or a response body. For the same reason a client library's exception is
 * not passed as the cause unless its text is known to hold none of these.
 */
public class SecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String subject;
    private final String reason;
    private final String mend;

    /**
     * @param subject what failed: a reference, a source, a credential's field, a place in a file
     * @param reason why, without a full stop
     * @param mend what the reader can do about it, without a full stop
     */
    public SecretException(Problem problem, String subject, String reason, String mend) {
        this(problem, subject, reason, mend, null);
    }

    /** @param cause an exception whose texts hold no value, token or response body, or {@code null} */
    public SecretException(Problem problem, String subject, String reason, String mend, Throwable cause) {
        super(subject + ": " + reason + "; " + mend, cause);
        this.problem = Objects.requireNonNull(problem);
        this.subject = Objects.requireNonNull(subject);
        this.reason = Objects.requireNonNull(reason);
        this.mend = Objects.requireNonNull(mend);
    }

    public Problem problem() {
        return problem;
    }

    /** What failed: a reference, a source, a credential's field, a place in a file. */
    public String subject() {
        return subject;
    }

    /** Why it failed. */
    public String reason() {
        return reason;
    }

    /** What the reader can do about it. */
    public String mend() {
        return mend;
    }
}
