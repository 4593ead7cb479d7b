package io.jenkins.plugins.awssecrets.engine;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that failed, told in three parts: what (a reference, a source, a place in a file), why, and how to fix it.
 *
 * <p>No part ever holds a secret value, a token or a response body. For the same reason a client library's exception is
 * not passed as the cause unless its text is known to hold none of these.
 */
public class SecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A word of prose, and no name such as {@code kms:Decrypt} or {@code caCertificate}. */
    private static final Pattern FIRST_WORD = Pattern.compile("[a-z]+(?=[ ,]|: |$)");

    private final Problem problem;
    private final String subject;
    private final String reason;
    private final String fix;

    /** Not given where it is unknown, as an {@code Optional} cannot be serialised. */
    private final Permission permission;

    private final String[] choices;

    private final boolean backendIsUp;

    /**
     * @param subject what failed: a reference, a source, a credential's field, a place in a file
     * @param reason why, without a full stop
     * @param fix what the reader can do about it, without a full stop
     */
    public SecretException(Problem problem, String subject, String reason, String fix) {
        this(problem, subject, reason, fix, null);
    }

    /** @param cause an exception whose texts hold no value, token or response body, or {@code null} */
    public SecretException(Problem problem, String subject, String reason, String fix, Throwable cause) {
        this(problem, subject, reason, fix, cause, null, new String[0], false);
    }

    private SecretException(
            Problem problem,
            String subject,
            String reason,
            String fix,
            Throwable cause,
            Permission permission,
            String[] choices,
            boolean backendIsUp) {
        super(subject + ": " + explain(reason, fix), cause);
        this.permission = permission;
        this.choices = choices;
        this.backendIsUp = backendIsUp;
        this.problem = Objects.requireNonNull(problem);
        this.subject = Objects.requireNonNull(subject);
        this.reason = Objects.requireNonNull(reason);
        this.fix = Objects.requireNonNull(fix);
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
    public String fix() {
        return fix;
    }

    /** The reason, and then the fix as a sentence of its own. */
    public String explanation() {
        return explain(reason, fix);
    }

    /**
     * A reason and its fix, each a sentence of its own. No full stop ends it, since a fix may end with a command to copy.
     */
    public static String explain(String reason, String fix) {
        String sentence = FIRST_WORD.matcher(fix).lookingAt()
                ? fix.substring(0, 1).toUpperCase(Locale.ROOT) + fix.substring(1)
                : fix;
        return reason + ". " + sentence;
    }

    /**
     * What the caller lacks. A denial without one is a key's that nobody can use: it is disabled, pending deletion or
     * gone.
     */
    public Optional<Permission> permission() {
        return Optional.ofNullable(permission);
    }

    /** The names that would have been right, such as the members of a JSON secret; mostly none. */
    public List<String> choices() {
        return List.of(choices);
    }

    /** The same failure, with the permission that would fix it. */
    public SecretException lacking(Permission needed) {
        return new SecretException(problem, subject, reason, fix, getCause(), needed, choices, backendIsUp);
    }

    /** The same failure, with the names that would have been right. */
    public SecretException choosable(List<String> names) {
        return new SecretException(
                problem, subject, reason, fix, getCause(), permission, names.toArray(String[]::new), backendIsUp);
    }

    /** The same failure, whose fix says more. */
    public SecretException advising(String more) {
        return new SecretException(
                problem, subject, reason, explain(fix, more), getCause(), permission, choices, backendIsUp);
    }

    /** The same failure, told of another subject. */
    public SecretException about(String other) {
        return new SecretException(problem, other, reason, fix, getCause(), permission, choices, backendIsUp);
    }

    /** Whether the backend was found to be up all the same: one request failed, as a role's database is down. */
    public boolean backendIsUp() {
        return backendIsUp;
    }

    /** The same failure, of a backend that was found to be up. */
    public SecretException withBackendUp() {
        return new SecretException(problem, subject, reason, fix, getCause(), permission, choices, true);
    }
}
