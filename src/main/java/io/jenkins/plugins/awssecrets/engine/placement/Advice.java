package io.jenkins.plugins.awssecrets.engine.placement;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What should be kept elsewhere or changed more often.
 *
 * @param credential its id
 * @param field of the credential
 * @param secret as a reference names it, without a field
 * @param reason why, without a full stop
 * @param fix what to do, without a full stop
 * @param saves US dollars a month; empty where money is not the point
 */
public record Advice(
        Kind kind,
        String credential,
        String field,
        String secret,
        String reason,
        String fix,
        Optional<BigDecimal> saves) {

    /** What is advised. */
    public enum Kind {
        MOVE_TO_PARAMETER_STORE("moveToParameterStore"),
        NO_ROTATION("noRotation"),
        OVERDUE("overdue"),
        ROTATES_TOO_SELDOM("rotatesTooSeldom"),
        /** A secret in a parameter that is not encrypted. */
        KEPT_IN_THE_CLEAR("keptInTheClear"),
        /** The source does not tell enough to advise. */
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word for it in JSON. */
        public String word() {
            return word;
        }
    }
}
