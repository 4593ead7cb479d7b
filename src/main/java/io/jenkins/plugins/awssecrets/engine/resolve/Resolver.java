package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.PendingLeases;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Fetches what a build asks for: one batch a source, the sources in parallel, all or nothing. Keeps nothing.
 *
 * <p>Blocks its caller until every source answered, the deadline passed or the caller was interrupted; in the last two
 * cases the calls under way are interrupted. Where nothing is given, the leases of what was read are revoked, which may
 * take 5 seconds more; one that cannot be is told as a suppressed exception, and ends by itself.
 */
public final class Resolver {
    private final Sources sources;
    private final ExecutorService executor;
    private final UnaryOperator<SecretSource> reader;

    /** @param executor runs one task a source; a source may keep its thread until the deadline. Not closed here */
    public Resolver(Sources sources, ExecutorService executor) {
        this(sources, executor, UnaryOperator.identity());
    }

    /** @param reader gives the source that is read in the place of one: that of a build, such as {@link BuildSessions#of} */
    public Resolver(Sources sources, ExecutorService executor, UnaryOperator<SecretSource> reader) {
        this.sources = sources;
        this.executor = executor;
        this.reader = reader;
    }

    /**
     * Fetches the secrets behind all references.
     *
     * @throws SecretException the one failure, or a {@link ResolutionException} that lists all of them
     */
    public Snapshot resolve(Collection<Reference> references, Deadline deadline) {
        return resolve(references, Map.of(), deadline);
    }

    /**
     * Fetches again what an earlier snapshot had, at the versions it had.
     *
     * @param pins versions by locator, as of {@link Snapshot#pins()}; a locator that is not in it is read as it stands
     */
    public Snapshot resolve(Collection<Reference> references, Map<Locator, String> pins, Deadline deadline) {
        PendingLeases leases = new PendingLeases();
        try {
            return resolve(references, pins, leases, deadline);
        } catch (RuntimeException e) {
            leases.drop().forEach(e::addSuppressed);
            throw e;
        }
    }

    private Snapshot resolve(
            Collection<Reference> references, Map<Locator, String> pins, PendingLeases leases, Deadline deadline) {
        Map<String, Set<Locator>> wanted = new LinkedHashMap<>();
        for (Reference reference : references) {
            wanted.computeIfAbsent(reference.source(), s -> new LinkedHashSet<>())
                    .add(reference.locator());
        }
        Map<String, Future<Map<Locator, Outcome>>> running = new LinkedHashMap<>();
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        try {
            wanted.forEach((id, locators) -> sources.find(id)
                    .ifPresent(source -> running.put(
                            id, executor.submit(() -> fetch(reader.apply(source), locators, pins, leases, deadline)))));
            for (Map.Entry<String, Set<Locator>> entry : wanted.entrySet()) {
                Future<Map<Locator, Outcome>> future = running.get(entry.getKey());
                outcomes.putAll(
                        future == null
                                ? allFail(entry.getValue(), Problem.MALFORMED, "no such source", "configure it")
                                : await(future, entry.getKey(), entry.getValue(), deadline));
            }
        } finally {
            running.values().forEach(f -> f.cancel(true));
        }
        return complete(references, wanted, outcomes);
    }

    private static Map<Locator, Outcome> fetch(
            SecretSource source,
            Set<Locator> locators,
            Map<Locator, String> pins,
            PendingLeases leases,
            Deadline deadline) {
        Map<Locator, Outcome> outcomes = fetchPinned(source, locators, pins, deadline);
        for (Outcome outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Found found) {
                leases.add(source, found.payload());
            }
        }
        return outcomes;
    }

    private static Map<Locator, Outcome> fetchPinned(
            SecretSource source, Set<Locator> locators, Map<Locator, String> pins, Deadline deadline) {
        Map<Locator, Locator> pinned = new LinkedHashMap<>();
        for (Locator locator : locators) {
            Optional<String> pin = Optional.ofNullable(pins.get(locator));
            pinned.put(
                    locator,
                    pin.map(p -> new Locator(locator.source(), locator.name(), Optional.of(p)))
                            .orElse(locator));
        }
        Map<Locator, Outcome> fetched = source.fetch(new LinkedHashSet<>(pinned.values()), deadline);
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        pinned.forEach((locator, asked) -> {
            Outcome outcome = fetched.get(asked);
            if (outcome != null) {
                outcomes.put(locator, outcome);
            }
        });
        return outcomes;
    }

    private static Map<Locator, Outcome> await(
            Future<Map<Locator, Outcome>> future, String source, Set<Locator> locators, Deadline deadline) {
        try {
            return future.get(deadline.remaining().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Problem.ABORTED, "source " + source, "reading was aborted", "run it again");
        } catch (TimeoutException e) {
            return allFail(
                    locators,
                    Problem.TIMEOUT,
                    "no response before the deadline",
                    "check that the backend is reachable");
        } catch (CancellationException e) {
            return allFail(locators, Problem.ABORTED, "the call was cancelled", "run it again");
        } catch (ExecutionException e) {
            return failed(locators, e.getCause());
        }
    }

    // A source keeps the deadline itself and tells more of the cause; this is for one that does not.
    private static final long GRACE_MILLIS = 500;

    private static Map<Locator, Outcome> failed(Set<Locator> locators, Throwable cause) {
        if (cause instanceof SecretException known) {
            Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
            locators.forEach(l -> outcomes.put(l, new Outcome.Failed(known.about(l.toString()))));
            return outcomes;
        }
        // Only the type: the text of an exception nobody foresaw may hold anything.
        return allFail(
                locators, Problem.INTERNAL, "an unexpected " + cause.getClass().getName(), "report this as a defect");
    }

    private static Map<Locator, Outcome> allFail(Set<Locator> locators, Problem problem, String reason, String fix) {
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : locators) {
            outcomes.put(locator, new Outcome.Failed(new SecretException(problem, locator.toString(), reason, fix)));
        }
        return outcomes;
    }

    private static Snapshot complete(
            Collection<Reference> references, Map<String, Set<Locator>> wanted, Map<Locator, Outcome> outcomes) {
        Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
        List<SecretException> failures = new ArrayList<>();
        wanted.values().stream().flatMap(Set::stream).forEach(locator -> {
            Outcome outcome = outcomes.get(locator);
            if (outcome instanceof Outcome.Found found) {
                payloads.put(locator, found.payload());
            } else if (outcome instanceof Outcome.Failed failed) {
                failures.add(failed.why());
            } else {
                failures.add(new SecretException(
                        Problem.INTERNAL,
                        locator.toString(),
                        "the source returned no result for it",
                        "report this as a defect"));
            }
        });
        Snapshot snapshot = new Snapshot(payloads);
        if (!failures.isEmpty()) {
            failures.addAll(missingFields(references, snapshot));
            throw ResolutionException.of(failures);
        }
        return snapshot;
    }

    /**
     * What would be told next. Without failures it is left to those who use the snapshot, as they know which credential
     * a field is for and whether it may be empty.
     */
    private static List<SecretException> missingFields(Collection<Reference> references, Snapshot snapshot) {
        List<SecretException> missing = new ArrayList<>();
        for (Reference reference : references) {
            if (reference.field().isPresent() && snapshot.payloads().containsKey(reference.locator())) {
                try {
                    snapshot.value(reference, true, true);
                } catch (SecretException e) {
                    missing.add(e);
                }
            }
        }
        return missing;
    }
}
