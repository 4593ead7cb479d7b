package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.placement.Advice;
import io.jenkins.plugins.awssecrets.engine.placement.Placement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Where a credential is kept, on the page.
 *
 * @param place full name of the folder it is in; empty for Jenkins itself
 */
public record PlacementRow(String place, Placement placement) {
    public String getCredential() {
        return placement.credential();
    }

    public String getPlaceName() {
        return Places.name(place);
    }

    /** A secret and the service that keeps it. */
    public List<CredentialRow.Secret> getSecrets() {
        return placement.places().stream()
                .map(kept -> new CredentialRow.Secret(
                        kept.secret(),
                        kept.service().words() + (kept.sharedBy() > 1 ? ", shared by " + kept.sharedBy() : "")))
                .toList();
    }

    public String getMonth() {
        return dollars(placement.month(), 2);
    }

    public String getThousandBuilds() {
        return dollars(placement.perThousandBuilds(), 3);
    }

    /** What should be kept elsewhere or rotate, a sentence each. */
    public List<Told> getAdvice() {
        return placement.advice().stream().map(PlacementRow::told).toList();
    }

    /** @param kind its word, for scripts and tests */
    public record Told(String kind, String text) {}

    private static Told told(Advice advice) {
        return new Told(
                advice.kind().word(),
                advice.field() + ": " + SecretException.explain(advice.reason(), advice.fix())
                        + advice.saves()
                                .map(saved -> ", and saves " + dollars(saved, 2) + " per month")
                                .orElse(""));
    }

    static String dollars(BigDecimal amount, int digits) {
        return "$" + amount.setScale(digits, RoundingMode.HALF_UP);
    }
}
