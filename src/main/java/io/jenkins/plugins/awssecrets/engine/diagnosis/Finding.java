package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Optional;

/**
 * One thing that is wrong, ready to be shown. No part holds a value.
 *
 * @param subject what it is about: a reference, a credential's field, a source, a secret
 * @param source id of the source concerned
 * @param problem the coarse kind, which the exit code follows
 * @param reason why, without a full stop
 * @param fix what to do about it, without a full stop
 * @param permission what the caller lacks: an IAM action and ARN, or a Vault capability and path
 */
public record Finding(
        String subject,
        Optional<String> source,
        Cause cause,
        Severity severity,
        Problem problem,
        String reason,
        String fix,
        Optional<Permission> permission) {

    static Finding of(String subject, String source, Cause cause, Severity severity, String reason, String fix) {
        return new Finding(
                subject, Optional.of(source), cause, severity, cause.problem(), reason, fix, Optional.empty());
    }

    Finding as(Severity other) {
        return new Finding(subject, source, cause, other, problem, reason, fix, permission);
    }

    Finding about(String other) {
        return new Finding(other, source, cause, severity, problem, reason, fix, permission);
    }

    /** Subject, reason and fix in one line. */
    public String message() {
        return subject + ": " + explanation();
    }

    /** Reason and fix in one line. */
    public String explanation() {
        return SecretException.explain(reason, fix);
    }
}
