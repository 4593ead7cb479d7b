package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds secrets that should have rotated by now, as far as the sources tell. */
final class OverdueRotations {
    /** A rotation window may be a day long (RotateSecret, {@code RotationRules.Duration}). */
    private static final Duration WINDOW = Duration.ofDays(1);

    private final Map<String, Inventory> inventories;
    private final Instant now;

    /** @param inventories by source id */
    OverdueRotations(Map<String, Inventory> inventories, Instant now) {
        this.inventories = inventories;
        this.now = now;
    }

    List<Finding> of(CredentialDefinition credential) {
        return credential.references().stream()
                .map(Reference::locator)
                .distinct()
                .flatMap(locator -> due(locator.source(), locator.name())
                        .map(due -> Finding.of(
                                locator.toString(),
                                locator.source(),
                                Cause.ROTATION_OVERDUE,
                                Severity.WARNING,
                                "its next rotation was due on "
                                        + due.atZone(ZoneOffset.UTC).toLocalDate() + " and did not happen",
                                "look into the rotation's log (of its Lambda function, or of the service that owns the"
                                        + " secret), then rotate it with aws secretsmanager rotate-secret"))
                        .stream())
                .toList();
    }

    private Optional<Instant> due(String source, String name) {
        return inventories
                .getOrDefault(source, Inventory.NOTHING)
                .find(name)
                .map(Inventory.Item::metadata)
                .flatMap(SecretMetadata::rotation)
                .filter(Rotation::enabled)
                .flatMap(Rotation::next)
                .filter(next -> next.plus(WINDOW).isBefore(now));
    }
}
