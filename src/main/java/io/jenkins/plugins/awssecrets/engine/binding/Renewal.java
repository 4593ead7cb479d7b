package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps the files of a block good for longer than what is in them: reads it anew in the middle of its life, and tries
 * again until it ends. When to ask is up to the caller, who has the clock's alarms. For one thread at a time.
 */
public final class Renewal {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final BindingPlan plan;
    private final BlockSessions sessions;
    private final Function<Collection<Reference>, Snapshot> read;
    private final Consumer<BoundEnvironment> write;
    private final Consumer<String> report;
    private final Clock clock;
    private boolean reported;
    private Snapshot snapshot;

    /**
     * @param snapshot of all that the plan refers to
     * @param read makes anew what is not fresh
     * @param write masks the secrets of what is bound, then replaces the files that are renewed
     * @param report takes lines for people
     */
    public Renewal(
            BindingPlan plan,
            Snapshot snapshot,
            Function<Collection<Reference>, Snapshot> read,
            Consumer<BoundEnvironment> write,
            Consumer<String> report,
            Clock clock) {
        this(plan, BlockSessions.NONE, snapshot, read, write, report, clock);
    }

    /** @param sessions that the block has besides, which were made just now */
    public Renewal(
            BindingPlan plan,
            BlockSessions sessions,
            Snapshot snapshot,
            Function<Collection<Reference>, Snapshot> read,
            Consumer<BoundEnvironment> write,
            Consumer<String> report,
            Clock clock) {
        this.plan = plan;
        this.sessions = sessions;
        this.snapshot = snapshot;
        this.read = read;
        this.write = write;
        this.report = report;
        this.clock = clock;
    }

    /** When to call {@link #renew} first; empty for a block that has nothing to be renewed. */
    public Optional<Instant> due() {
        return Stream.concat(plan.renewed().stream().flatMap(made -> due(made).stream()), sessions.due().stream())
                .min(Instant::compareTo);
    }

    /**
     * Renews what is due. Blocks on the network.
     *
     * @return when to call again
     */
    public Instant renew() {
        Instant now = clock.instant();
        Set<Reference> due = plan.renewed();
        due.removeIf(made -> due(made).filter(at -> at.isAfter(now)).isPresent());
        boolean session = sessions.due().filter(at -> !at.isAfter(now)).isPresent();
        try {
            if (!due.isEmpty() || session) {
                Set<Reference> asked = new LinkedHashSet<>(due);
                // Read again, too: whether the build may still use them is decided there.
                asked.addAll(sessions.references());
                Snapshot anew = read.apply(asked).plus(snapshot);
                write.accept(sessions.in(plan.bind(anew)));
                snapshot = anew;
                reported = false;
            }
            return due().filter(at -> at.isAfter(now)).orElse(now.plus(AGAIN));
        } catch (SecretException e) {
            report(due, session, e);
            return now.plus(AGAIN);
        }
    }

    /** Once for each outage. */
    private void report(Set<Reference> due, boolean session, SecretException e) {
        if (!reported) {
            reported = true;
            if (session) {
                report.accept("Short-lived credentials could not be renewed: " + e.getMessage()
                        + ". It is tried again every minute");
            }
            due.forEach(made -> report.accept(made + " could not be renewed"
                    + Minting.expiration(snapshot.payload(made))
                            .map(end -> " and ends at " + end)
                            .orElse("")
                    + ": " + e.explanation() + ". It is tried again every minute"));
        }
    }

    private Optional<Instant> due(Reference made) {
        Locator locator = made.locator();
        return Minting.of(locator).flatMap(minting -> minting.renewal(snapshot.payload(made)));
    }
}
