package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.PendingLeases;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets callers that ask for the same secret at the same time share one read. What is read is forgotten when the read
 * ends, so that nobody is given a value that was read before the read they joined began. A dynamic secret is never
 * shared: each caller has a lease of its own to renew and to revoke.
 */
final class SharedReads {
    /** What stopped the one who read and need not stop those who wait. */
    private static final Set<Problem> OF_THE_READER = EnumSet.of(Problem.ABORTED, Problem.TIMEOUT);

    private static final int MOST_REMEMBERED = 10_000;

    private final SecretSource source;
    private final Read read;
    private final Map<Locator, CompletableFuture<Optional<Outcome>>> underWay = new HashMap<>();
    private final Set<Locator> dynamic = ConcurrentHashMap.newKeySet();

    /** A source's {@code fetch}. */
    interface Read {
        Map<Locator, Outcome> of(Collection<Locator> locators, Deadline deadline);
    }

    SharedReads(SecretSource source, Read read) {
        this.source = source;
        this.read = read;
    }

    Map<Locator, Outcome> fetch(Collection<Locator> wanted, Deadline deadline) {
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        try {
            fetch(wanted, outcomes, deadline);
            return outcomes;
        } catch (RuntimeException e) {
            // The caller gets nothing: what was read for it alone is to end now.
            PendingLeases ungiven = new PendingLeases();
            outcomes.values().forEach(outcome -> {
                if (outcome instanceof Outcome.Found found) {
                    ungiven.add(source, found.payload());
                }
            });
            ungiven.drop().forEach(e::addSuppressed);
            throw e;
        }
    }

    private void fetch(Collection<Locator> wanted, Map<Locator, Outcome> outcomes, Deadline deadline) {
        Set<Locator> left = new LinkedHashSet<>(wanted);
        while (!left.isEmpty()) {
            Map<Locator, CompletableFuture<Optional<Outcome>>> own = new LinkedHashMap<>();
            Map<Locator, CompletableFuture<Optional<Outcome>>> others = new LinkedHashMap<>();
            part(left, own, others);
            if (!own.isEmpty()) {
                outcomes.putAll(read(own, deadline));
                left.removeAll(own.keySet());
            }
            others.forEach((locator, running) -> {
                if (isSettled(locator, await(running, locator, deadline), outcomes, deadline)) {
                    left.remove(locator);
                }
            });
        }
    }

    /** At once for all, so that callers who come together do not take each a part of what is one batch. */
    private synchronized void part(
            Set<Locator> wanted,
            Map<Locator, CompletableFuture<Optional<Outcome>>> own,
            Map<Locator, CompletableFuture<Optional<Outcome>>> others) {
        for (Locator locator : wanted) {
            CompletableFuture<Optional<Outcome>> mine = new CompletableFuture<>();
            Optional<CompletableFuture<Optional<Outcome>>> running = dynamic.contains(locator)
                    ? Optional.empty()
                    : Optional.ofNullable(underWay.putIfAbsent(locator, mine));
            running.ifPresentOrElse(r -> others.put(locator, r), () -> own.put(locator, mine));
        }
    }

    /** Reads, and lands what others may wait for, however it ends. */
    private Map<Locator, Outcome> read(Map<Locator, CompletableFuture<Optional<Outcome>>> own, Deadline deadline) {
        try {
            Map<Locator, Outcome> outcomes = read.of(new LinkedHashSet<>(own.keySet()), deadline);
            outcomes.forEach(this::rememberDynamic);
            ended(own);
            own.forEach((locator, mine) -> mine.complete(Optional.ofNullable(outcomes.get(locator))));
            return outcomes;
        } catch (RuntimeException | Error e) {
            ended(own);
            own.values().forEach(mine -> mine.completeExceptionally(e));
            throw e;
        }
    }

    private synchronized void ended(Map<Locator, CompletableFuture<Optional<Outcome>>> own) {
        own.forEach(underWay::remove);
    }

    private void rememberDynamic(Locator locator, Outcome outcome) {
        if (isDynamic(outcome)) {
            if (dynamic.size() >= MOST_REMEMBERED) {
                dynamic.clear();
            }
            dynamic.add(locator);
        }
    }

    private static boolean isDynamic(Outcome outcome) {
        return outcome instanceof Outcome.Found found && found.payload().lease().isPresent();
    }

    /** Takes over what another's read gave, unless it has to be read again for this caller. */
    private static boolean isSettled(
            Locator locator, Optional<Outcome> told, Map<Locator, Outcome> outcomes, Deadline deadline) {
        if (told.isPresent() && isDynamic(told.get())) {
            return false;
        }
        if (told.isPresent()
                && told.get() instanceof Outcome.Failed failed
                && OF_THE_READER.contains(failed.why().problem())
                && !deadline.passed()) {
            return false;
        }
        told.ifPresent(outcome -> outcomes.put(locator, outcome));
        return true;
    }

    private static Optional<Outcome> await(
            CompletableFuture<Optional<Outcome>> running, Locator locator, Deadline deadline) {
        try {
            return running.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(
                    Problem.ABORTED, "source " + locator.source(), "reading was aborted", "run it again");
        } catch (TimeoutException e) {
            return Optional.of(failed(
                    locator,
                    Problem.TIMEOUT,
                    "no response before the deadline",
                    "check that the backend is reachable"));
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof SecretException why
                            ? new Outcome.Failed(why.about(locator.toString()))
                            // Only the type: the text of an exception nobody foresaw may hold anything.
                            : failed(
                                    locator,
                                    Problem.INTERNAL,
                                    "an unexpected " + e.getCause().getClass().getName(),
                                    "report this as a defect"));
        }
    }

    private static Outcome failed(Locator locator, Problem problem, String reason, String fix) {
        return new Outcome.Failed(new SecretException(problem, locator.toString(), reason, fix));
    }
}
