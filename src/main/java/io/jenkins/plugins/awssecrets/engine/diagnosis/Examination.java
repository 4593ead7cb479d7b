package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * Examines sources and credentials: tries each source, reads each credential and drops its values, looks for secrets
 * that nearly are credentials, and tells what is wrong by cause and fix.
 *
 * <p>Discovered credentials are read too, {@value #MOST_READ} at most. Leases of what was read are revoked.
 */
public final class Examination {
    static final int MOST_READ = 200;

    /** In less, a source that is well may not have answered. */
    private static final Duration LEAST_SHARE = Duration.ofSeconds(3);

    private static final Set<Problem> WORTH_A_SEARCH =
            Set.of(Problem.NOT_FOUND, Problem.DELETED, Problem.DENIED, Problem.MALFORMED);

    private final Sources sources;
    private final ExecutorService executor;
    private final Setup setup;

    /** @param executor runs one task a source. Not closed here */
    public Examination(Sources sources, ExecutorService executor, Setup setup) {
        this.sources = sources;
        this.executor = executor;
        this.setup = setup;
    }

    /**
     * Sources first, then declared credentials, discovered ones, and secrets that nearly are credentials.
     *
     * @param deadline each step has a share of the time, so that a source that hangs leaves enough for the others
     */
    public List<Examined> run(Deadline deadline) throws InterruptedException {
        SourceCalls calls = new SourceCalls(executor);
        SourceFindings ofSources = new SourceFindings(setup);
        Deadline checking = share(deadline, 3);
        SourceCalls.Answers<List<SourceCheck>> checks =
                calls.ask(sources.all(), checking, source -> source.check(checking));
        ofSources.checked(checks);
        List<SecretSource> up = sources.all().stream()
                .filter(source -> ofSources.down(source.id()).isEmpty())
                .toList();

        Map<Locator, Outcome> outcomes =
                new LinkedHashMap<>(fetch(calls, setup.credentials(), ofSources, share(deadline, 2)));
        Deadline listing = share(deadline, 2);
        SourceCalls.Answers<List<SecretMetadata>> listed = calls.ask(
                up.stream().filter(s -> setup.discovers(s.id())).toList(), listing, source -> source.list(listing));
        listed.failed().forEach((id, why) -> ofSources.add(id, why, Severity.WARNING));
        Map<String, Inventory> inventories = inspect(calls, up, outcomes, deadline);

        Map<String, DiscoveryReview> reviews = review(listed.given(), inventories);
        DiscoveredIds discovered = new DiscoveredIds(setup, reviews);
        List<CredentialDefinition> readable =
                discovered.shown().stream().limit(MOST_READ).toList();
        outcomes.putAll(fetch(calls, readable, ofSources, deadline));

        CauseFinder causes = new CauseFinder(sources.kinds(), inventories);
        Instant now = Instant.now();
        CredentialReading reading =
                new CredentialReading(outcomes, now, id -> ofSources.down(id).isEmpty());
        List<Examined> credentials = new ArrayList<>();
        OverdueRotations rotations = new OverdueRotations(inventories, now);
        setup.credentials()
                .forEach(c -> credentials.add(
                        examined(c, "", reading.read(c, causes), discovered.hiding(c.id()), rotations)));
        readable.forEach(c -> credentials.add(
                examined(c, "discovered, ", reading.read(c, causes), discovered.shadows(c.id()), rotations)));
        revoke(outcomes, ofSources, deadline);

        reviews.forEach((id, review) -> ofSources.addAll(id, review.ofSource()));
        List<Examined> all = new ArrayList<>(ofSources.examined(causes));
        all.addAll(credentials);
        reviews.values().forEach(review -> all.addAll(review.nearlyCredentials()));
        return all;
    }

    private static Deadline share(Deadline deadline, int parts) {
        Duration left = deadline.remaining();
        Duration part = left.dividedBy(parts);
        Duration least = left.compareTo(LEAST_SHARE) < 0 ? left : LEAST_SHARE;
        return Deadline.in(part.compareTo(least) < 0 ? least : part);
    }

    private Map<Locator, Outcome> fetch(
            SourceCalls calls, Collection<CredentialDefinition> credentials, SourceFindings found, Deadline deadline)
            throws InterruptedException {
        Map<String, Set<Locator>> wanted = new LinkedHashMap<>();
        credentials.forEach(
                c -> c.references().forEach(r -> wanted.computeIfAbsent(r.source(), s -> new LinkedHashSet<>())
                        .add(r.locator())));
        List<SecretSource> asked = sources.all().stream()
                .filter(s -> wanted.containsKey(s.id()) && found.down(s.id()).isEmpty())
                .toList();
        SourceCalls.Answers<Map<Locator, Outcome>> answers =
                calls.ask(asked, deadline, source -> source.fetch(wanted.get(source.id()), deadline));
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        wanted.forEach((id, locators) -> {
            Map<Locator, Outcome> given = answers.given().getOrDefault(id, Map.of());
            Optional<SecretException> whole =
                    found.down(id).or(() -> Optional.ofNullable(answers.failed().get(id)));
            for (Locator locator : locators) {
                Outcome none = new Outcome.Failed(
                        whole.map(why -> why.subject().startsWith("source ") ? why : why.about(locator.toString()))
                                .orElseGet(() -> CredentialReading.unanswered(locator)));
                outcomes.put(locator, given.getOrDefault(locator, none));
            }
        });
        return outcomes;
    }

    /** A search costs calls, so it is for those who discover, and where a secret was not found. */
    private Map<String, Inventory> inspect(
            SourceCalls calls, List<SecretSource> up, Map<Locator, Outcome> outcomes, Deadline deadline)
            throws InterruptedException {
        boolean worth = outcomes.values().stream()
                .anyMatch(o -> o instanceof Outcome.Failed failed
                        && WORTH_A_SEARCH.contains(failed.why().problem()));
        if (!worth && !setup.discovery()) {
            return Map.of();
        }
        Map<String, Set<String>> names = outcomes.keySet().stream()
                .collect(Collectors.groupingBy(
                        Locator::source,
                        Collectors.mapping(Locator::name, Collectors.toCollection(LinkedHashSet::new))));
        // A large account must not use up the time in which discovered credentials are still to be read.
        Deadline half = share(deadline, 2);
        return calls.ask(up, half, source -> source.inspect(names.getOrDefault(source.id(), Set.of()), half))
                .given();
    }

    private Map<String, DiscoveryReview> review(
            Map<String, List<SecretMetadata>> listed, Map<String, Inventory> inventories) {
        Map<String, DiscoveryReview> reviews = new LinkedHashMap<>();
        listed.forEach((id, secrets) -> {
            DiscoveryReview review = new DiscoveryReview(id, sources.kinds().get(id), setup.filter(id));
            review.review(secrets, inventories.getOrDefault(id, Inventory.NOTHING));
            reviews.put(id, review);
        });
        return reviews;
    }

    private static Examined examined(
            CredentialDefinition credential,
            String origin,
            CredentialReading.Result result,
            List<Finding> ofId,
            OverdueRotations rotations) {
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.addAll(ofId);
        findings.addAll(rotations.of(credential));
        return new Examined("credential " + credential.id(), origin + detail(result), findings);
    }

    private static String detail(CredentialReading.Result result) {
        return result.values().isEmpty() ? "read" : "read " + String.join(", ", result.values());
    }

    private void revoke(Map<Locator, Outcome> outcomes, SourceFindings found, Deadline deadline) {
        outcomes.forEach((locator, outcome) -> {
            if (outcome instanceof Outcome.Found given
                    && given.payload().lease().isPresent()
                    && sources.find(locator.source()).orElse(null) instanceof LeasedSource source) {
                try {
                    source.revoke(given.payload().lease().get(), deadline);
                } catch (SecretException e) {
                    found.add(locator.source(), e, Severity.WARNING);
                }
            }
        });
    }
}
