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

    /** Who a build reads as, where its source does not read as the controller. */
    public static Decision readingAs(String identity, int build) {
        return allowed("build " + build + " reads as " + identity
                + "; the controller's own login reads no secret of this source");
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
