package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a call tells of its backend's health. */
sealed interface Verdict {
    /** It answered: with a value, with a refusal, with "no such secret", with "slow down". */
    record Alive() implements Verdict {}

    /** It did not answer, or with a fault of its own. */
    record Outage(SecretException why) implements Verdict {}

    /** Nothing: the call was aborted, or never left this machine. */
    record Nothing() implements Verdict {}

    /** A deadline that was shorter tells more of the caller's patience than of the backend. */
    Duration A_FAIR_WAIT = Duration.ofSeconds(2);

    /** @param waited how long the call took until it failed */
    static Verdict of(SecretException why, Duration waited) {
        if (why.backendIsUp()) {
            return new Alive();
        }
        return switch (why.problem()) {
            case UNREACHABLE -> new Outage(why);
            case TIMEOUT -> waited.compareTo(A_FAIR_WAIT) < 0 ? new Nothing() : new Outage(why);
            case ABORTED, INTERNAL, MALFORMED, REFUSED, UNAUTHENTICATED -> new Nothing();
            default -> new Alive();
        };
    }

    /** One name that was answered for is enough: the backend is there. */
    static Verdict of(Collection<Outcome> outcomes, Duration waited) {
        List<Verdict> each = outcomes.stream()
                .map(outcome -> outcome instanceof Outcome.Failed failed ? of(failed.why(), waited) : new Alive())
                .toList();
        return first(each, Alive.class).or(() -> first(each, Outage.class)).orElseGet(Nothing::new);
    }

    private static Optional<Verdict> first(List<Verdict> verdicts, Class<? extends Verdict> type) {
        return verdicts.stream().filter(type::isInstance).findFirst();
    }
}
