package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an operator should be told of a source without asking.
 *
 * @param what such as {@code is down}, after the source's name
 * @param since when it began; for a login, when it ends
 * @param reason without a full stop
 * @param fix what to do about it, without a full stop
 */
public record Trouble(SourceStatus source, Kind kind, String what, Instant since, String reason, String fix) {
    /** Listing is repeated by itself, so a short failure is nobody's business. */
    static final Duration LISTING_MAY_FAIL = Duration.ofMinutes(5);

    /** Time enough to make a new token on a working day. */
    static final Duration BEFORE_LOGIN_ENDS = Duration.ofDays(3);

    /** The kinds of trouble. */
    public enum Kind {
        /** The backend is not called any more, as it did not answer. */
        DOWN,
        /** Credentials are shown as they were once known, or not at all. */
        LISTING_FAILS,
        /** The source will be of no use soon. */
        LOGIN_ENDS
    }

    /** The worst of each source that has any. Asks nobody. */
    public static List<Trouble> of(Collection<SourceStatus> sources, Clock clock) {
        Instant now = clock.instant();
        return sources.stream()
                .flatMap(source -> Stream.of(down(source), listing(source, now), login(source, now))
                        .flatMap(Optional::stream)
                        .limit(1))
                .toList();
    }

    /** All of it in one line. */
    public String message() {
        return "source " + source.fullName() + " " + what + ": " + SecretException.explain(reason, fix);
    }

    private static Optional<Trouble> down(SourceStatus source) {
        return source.breaker()
                .filter(breaker -> breaker.phase() != Breaker.Phase.CLOSED)
                .flatMap(breaker -> breaker.lastProblem()
                        .map(why ->
                                of(source, Kind.DOWN, "is down: its backend does not respond", breaker.since(), why)));
    }

    private static Optional<Trouble> listing(SourceStatus source, Instant now) {
        boolean known = source.listing().flatMap(listing -> listing.asOf()).isPresent();
        // Nobody asked for a source that is there by default; it counts once it has worked.
        if (!source.configured() && !known) {
            return Optional.empty();
        }
        String what = known
                ? "cannot be listed: its credentials are shown as they were last known"
                : "cannot be listed: none of its credentials is shown";
        return source.listingFails()
                .filter(since -> !now.isBefore(since.plus(LISTING_MAY_FAIL)))
                .flatMap(since -> source.listing()
                        .flatMap(listing -> listing.problem())
                        .map(why -> of(source, Kind.LISTING_FAILS, what, since, why)));
    }

    private static Optional<Trouble> login(SourceStatus source, Instant now) {
        return source.login()
                .filter(login -> !login.renewable() && now.isAfter(login.ends().minus(BEFORE_LOGIN_ENDS)))
                .map(login -> new Trouble(
                        source,
                        Kind.LOGIN_ENDS,
                        now.isBefore(login.ends())
                                ? "will soon lose its authentication"
                                : "has lost its authentication",
                        login.ends(),
                        login.method() + (now.isBefore(login.ends()) ? " ends at " : " expired at ") + login.ends()
                                + " and cannot be renewed",
                        "configure a new token, or an authentication method that the source can repeat by itself"
                                + " (AppRole, Kubernetes, AWS IAM, JWT)"));
    }

    private static Trouble of(SourceStatus source, Kind kind, String what, Instant since, SecretException why) {
        return new Trouble(source, kind, what, since, why.reason(), why.fix());
    }
}
