package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.placement.Advice.Kind;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether a highly sensitive secret changes as often as it should. */
final class RotationReview {
    private final Instant now;

    RotationReview(Instant now) {
        this.now = now;
    }

    /** @param days after which it is to rotate */
    Optional<Advice> of(String credential, String field, Locator secret, SourceKind kind, Item item, int days) {
        Optional<Rotation> rotation = item.metadata().rotation().filter(Rotation::enabled);
        Optional<Instant> changed =
                rotation.flatMap(Rotation::last).or(() -> item.metadata().changed());
        Optional<Instant> due = changed.map(at -> at.plus(Duration.ofDays(days)));
        String since = changed.map(at -> "last changed on " + day(at) + ", ").orElse("");
        if (due.filter(at -> at.isBefore(now)).isPresent()) {
            return Optional.of(advice(
                    Kind.OVERDUE,
                    credential,
                    field,
                    secret,
                    since + days + " days from then ended on " + day(due.get()),
                    rotation.isPresent()
                            ? "check why its rotation does not run (secretsmanager:RotateSecret starts it)"
                            : "change it now, and " + rotating(kind)));
        }
        if (rotation.isEmpty()) {
            return Optional.of(advice(
                    Kind.NO_ROTATION,
                    credential,
                    field,
                    secret,
                    since + "nothing rotates it"
                            + due.map(at -> ", and it is due on " + day(at)).orElse(""),
                    rotating(kind)));
        }
        return rotation.flatMap(Rotation::everyDays)
                .filter(every -> every > days)
                .map(every -> advice(
                        Kind.ROTATES_TOO_SELDOM,
                        credential,
                        field,
                        secret,
                        "it rotates every " + every + " days, and " + days + " is the maximum",
                        "set its rotation to " + days + " days or fewer"));
    }

    private static String rotating(SourceKind kind) {
        return switch (kind) {
            case SECRETS_MANAGER ->
                "turn on its rotation: managed rotation where RDS, Aurora, Redshift, DocumentDB or a partner owns the"
                        + " secret, a Lambda function for anything else";
            case SSM -> "store it in Secrets Manager, which rotates it";
            case VAULT -> "read it from an engine that generates it (database, aws, pki)";
        };
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Advice advice(
            Kind kind, String credential, String field, Locator secret, String reason, String fix) {
        return new Advice(kind, credential, field, secret.toString(), reason, fix, Optional.empty());
    }
}
