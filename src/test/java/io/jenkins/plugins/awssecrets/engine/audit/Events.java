package io.jenkins.plugins.awssecrets.engine.audit;

import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Read;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events for tests. */
final class Events {
    static final Instant NOON = Instant.parse("2026-04-01T12:00:00Z");

    private Events() {}

    static AuditEvent use(String credential) {
        return new AuditEvent(
                NOON,
                Outcome.USED,
                "https://ci.example/",
                "shop/web",
                "12",
                List.of("alice"),
                "the controller",
                "withAwsSecrets",
                credential,
                List.of(new Read("sm:prod/orders#password", "sm", Optional.of("v1"))),
                "rule 1 (jobs shop/**) of the credential");
    }
}
