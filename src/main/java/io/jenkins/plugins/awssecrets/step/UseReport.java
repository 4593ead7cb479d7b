package io.jenkins.plugins.awssecrets.step;

import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.step.binding.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the log says of a binding: which secrets at which versions, never a value. */
final class UseReport {
    /** Of a version id, which is a UUID with Secrets Manager. */
    private static final int SHOWN_OF_A_VERSION = 8;

    private final Snapshot snapshot;
    private final Clock clock;
    private final boolean terse;
    private final Predicate<String> first;

    /**
     * @param terse whether neither names nor versions of secrets are shown
     * @param first whether the build's log tells something for the first time
     */
    UseReport(Snapshot snapshot, Clock clock, boolean terse, Predicate<String> first) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.terse = terse;
        this.first = first;
    }

    /**
     * Such as {@code orders-db: sm prod/orders, version 5e1f0000…, AWSCURRENT, rotated 3 days ago}, and for a version that
     * the build's log told before {@code orders-db: sm prod/orders, as above}.
     */
    String line(Use use) {
        if (terse) {
            return use.name() + ": bound" + note(use);
        }
        String secrets = use.references().stream()
                .map(Reference::locator)
                .distinct()
                .map(locator -> secret(locator, use.view()))
                .collect(Collectors.joining("; "));
        return use.name() + ": " + (secrets.isEmpty() ? "literal values" : secrets) + note(use);
    }

    private static String note(Use use) {
        return use.masked() ? "" : ", not masked";
    }

    private String secret(Locator locator, CatalogView view) {
        SecretPayload payload = snapshot.payloads().get(locator);
        if (Minting.isName(locator.name())) {
            return locator.toString();
        }
        StringBuilder text = new StringBuilder(locator.source() + " " + locator.name());
        // With the lease: of a dynamic secret each block may have another one.
        String read = view.placeOf(locator.source()) + "\n" + locator + "\n" + payload.version() + payload.stages()
                + payload.lease().map(Lease::id);
        if (!first.test(read)) {
            return text.append(", as above").toString();
        }
        payload.version().ifPresent(version -> text.append(", version ").append(shortened(version)));
        payload.stages().forEach(stage -> text.append(", ").append(stage));
        payload.changed()
                .ifPresent(changed -> text.append(isRotation(changed, locator, view) ? ", rotated " : ", changed ")
                        .append(ago(changed))
                        .append(" ago"));
        payload.lease().ifPresent(lease -> text.append(", ").append(lease));
        return text.toString();
    }

    /** Only the backend knows whether a version came of a rotation: one that is newer than the last was put by hand. */
    private static boolean isRotation(Instant changed, Locator locator, CatalogView view) {
        return view.known(locator.source(), locator.name())
                .flatMap(SecretMetadata::rotation)
                .flatMap(Rotation::last)
                .filter(last -> !changed.isAfter(last))
                .isPresent();
    }

    private static String shortened(String version) {
        return version.length() <= SHOWN_OF_A_VERSION ? version : version.substring(0, SHOWN_OF_A_VERSION) + "…";
    }

    private String ago(Instant moment) {
        Duration age = Duration.between(moment, clock.instant());
        if (age.toDays() > 0) {
            return count(age.toDays(), "day");
        }
        if (age.toHours() > 0) {
            return count(age.toHours(), "hour");
        }
        return age.toMinutes() > 0 ? count(age.toMinutes(), "minute") : "less than a minute";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
