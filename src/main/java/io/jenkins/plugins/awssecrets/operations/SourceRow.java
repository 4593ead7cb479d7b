package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.measurement.CallCounts;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A source, on the page. */
public final class SourceRow {
    private final SourceStatus status;
    private final Optional<Examined> examined;
    private final boolean inUse;
    private final CallCounts.Summary counts;
    private final Times times;

    /**
     * @param examined what the last check found
     * @param inUse whether anything uses it: some are there by default and are nobody's business
     */
    SourceRow(SourceStatus status, Optional<Examined> examined, boolean inUse, CallCounts.Summary counts, Times times) {
        this.status = status;
        this.examined = examined;
        this.inUse = inUse;
        this.counts = counts;
        this.times = times;
    }

    public String getId() {
        return status.id();
    }

    public String getKind() {
        return status.kind().displayName();
    }

    public String getPlaceName() {
        return Places.name(status.owner().getFullName());
    }

    public State getState() {
        if (isDown()) {
            return State.DOWN;
        }
        if (examined.isPresent()) {
            return State.of(examined.get());
        }
        if (!inUse) {
            return State.UNUSED;
        }
        return listingProblem().isPresent() ? State.WARNING : State.UNCHECKED;
    }

    /** What stops the calls; empty while they are made. */
    public String getBreaker() {
        return status.breaker()
                .filter(breaker -> breaker.phase() != Breaker.Phase.CLOSED)
                .map(breaker -> "Paused " + times.relative(breaker.since()) + " after "
                        + breaker.failures() + " consecutive failures"
                        + breaker.nextTry()
                                .map(next -> next.isBefore(Instant.now())
                                        ? "; will retry on next use"
                                        : "; will retry " + times.relative(next))
                                .orElse("; a retry is under way"))
                .orElse("");
    }

    /** The last problem of a call; empty when there was none, or a later call went well. */
    public String getProblem() {
        return counts.lastProblem()
                .filter(problem -> inUse)
                .filter(problem -> counts.lastSuccess()
                        .map(at -> at.isBefore(problem.at()))
                        .orElse(true))
                .map(problem -> times.relative(problem.at()) + ": "
                        + problem.why().subject() + ": " + problem.why().reason())
                .orElse("");
    }

    /** How old what is known of its secrets is. */
    public String getMetadata() {
        if (!status.discovered()) {
            return "Discovery is off for this source";
        }
        String known = status.listing()
                .flatMap(listing -> listing.asOf()
                        .map(at -> String.format(
                                        "%,d secrets, as of ", listing.secrets().size())
                                + times.relative(at)))
                .orElse("Never listed");
        if (!inUse) {
            // It is there by default: that it does not work is nobody's problem.
            return known + listingProblem().map(why -> ": " + why.reason()).orElse("");
        }
        return listingProblem()
                .map(why -> known + "; failing"
                        + status.listingFails()
                                .map(at -> " for " + times.span(at))
                                .orElse("") + ": " + why.reason())
                .orElse(known);
    }

    /** Calls since Jenkins started. */
    public String getCalls() {
        long total = counts.totalCalls();
        if (total == 0) {
            return "No calls yet";
        }
        long errors =
                counts.errors().values().stream().mapToLong(Long::longValue).sum();
        return total + (total == 1 ? " call" : " calls") + ", most took under "
                + millis(counts.latency().within(0.9))
                + (errors == 0 || !inUse ? "" : "; problems: " + errors)
                + (counts.throttles() == 0 ? "" : " (throttled: " + counts.throttles() + ")");
    }

    /** When its login ends, where nobody can renew it. */
    public String getLogin() {
        return status.login()
                .filter(login -> !login.renewable())
                .map(login -> login.method() + " expires " + times.relative(login.ends()) + " and cannot be renewed")
                .orElse("");
    }

    boolean isDown() {
        return status.breaker()
                .filter(breaker -> breaker.phase() != Breaker.Phase.CLOSED)
                .isPresent();
    }

    private Optional<SecretException> listingProblem() {
        return status.listing().flatMap(Listing::problem);
    }

    private static String millis(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) < 0
                ? duration.toMillis() + " ms"
                : duration.toMillis() / 1000.0 + " s";
    }
}
