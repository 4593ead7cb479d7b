package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Optional;

/**
 * Whether somebody may use something.
 *
 * @param reason which rule allows it, or why none does
 * @param refusal what to tell who asked; empty where it is allowed
 */
public record Decision(String reason, Optional<SecretException> refusal) {
    public static Decision allowed(String reason) {
        return new Decision(reason, Optional.empty());
    }

    static Decision refused(String subject, String reason, String fix) {
        return new Decision(reason, Optional.of(new SecretException(Problem.REFUSED, subject, reason, fix)));
    }

    public boolean allows() {
        return refusal.isEmpty();
    }

    /** @throws SecretException ({@link Problem#REFUSED}) where it is refused */
    public void enforce() {
        refusal.ifPresent(why -> {
            throw why;
        });
    }
}
