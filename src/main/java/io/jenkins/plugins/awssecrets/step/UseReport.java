package io.jenkins.plugins.awssecrets.step;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** What the log says of a binding: which secrets at which versions, never a value. */
final class UseReport {
    /** Of a version id, which is a UUID with Secrets Manager. */
    private static final int SHOWN_OF_A_VERSION = 8;

    private final Snapshot snapshot;
    private final Clock clock;
    private final boolean terse;

    /** @param terse whether neither names nor versions of secrets are shown */
    UseReport(Snapshot snapshot, Clock clock, boolean terse) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.terse = terse;
    }

    /** Such as {@code orders-db: sm prod/orders, version 5e1f0000…, AWSCURRENT, rotated 3 days ago}. */
    String line(Use use) {
        if (terse) {
            return use.name() + ": bound";
        }
        String secrets = use.references().stream()
                .map(Reference::locator)
                .distinct()
                .map(this::secret)
                .collect(Collectors.joining("; "));
        return use.name() + ": " + (secrets.isEmpty() ? "literal values" : secrets);
    }

    private String secret(Locator locator) {
        SecretPayload payload = snapshot.payloads().get(locator);
        if (Minting.isName(locator.name())) {
            return locator.toString();
        }
        StringBuilder text = new StringBuilder(locator.source() + " " + locator.name());
        payload.version().ifPresent(version -> text.append(", version ").append(shortened(version)));
        payload.stages().forEach(stage -> text.append(", ").append(stage));
        payload.changed().ifPresent(changed -> text.append(payload.stages().isEmpty() ? ", changed " : ", rotated ")
                .append(ago(changed))
                .append(" ago"));
        payload.lease().ifPresent(lease -> text.append(", ").append(lease));
        return text.toString();
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
        return count(Math.max(0, age.toMinutes()), "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
