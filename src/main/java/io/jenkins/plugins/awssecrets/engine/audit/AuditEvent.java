package io.jenkins.plugins.awssecrets.engine.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who used, or wanted to use, what. Never a value.
 *
 * @param controller the Jenkins that it happened on, by its address
 * @param job full name of the job; empty for the controller itself
 * @param build its number; empty outside of builds
 * @param startedBy who or what started the build
 * @param identity who the secret was read as
 * @param use what asked, such as {@code withAwsSecrets} or {@code credentialsId}
 * @param credential id of the credential; empty for a direct reference
 * @param reads what was read for it, or would have been
 * @param reason which rule allowed it, or why it was not given
 */
public record AuditEvent(
        Instant time,
        Outcome outcome,
        String controller,
        String job,
        String build,
        List<String> startedBy,
        String identity,
        String use,
        String credential,
        List<Read> reads,
        String reason) {

    public AuditEvent {
        startedBy = List.copyOf(startedBy);
        reads = List.copyOf(reads);
    }

    /** @param version empty where the source keeps none, and of what was not read */
    public record Read(String reference, String source, Optional<String> version) {}

    /** What came of it. */
    public enum Outcome {
        USED("used"),
        /** By a rule, a scope or a permission in Jenkins; no source was asked. */
        REFUSED("refused"),
        /** The source could not give it. */
        FAILED("failed"),
        /** Events did not reach a sink. */
        LOST("lost");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word in JSON. */
        public String word() {
            return word;
        }
    }

    /** Tells that events did not reach a sink. */
    static AuditEvent lost(Instant time, String controller, String reason) {
        return new AuditEvent(time, Outcome.LOST, controller, "", "", List.of(), "", "audit", "", List.of(), reason);
    }
}
