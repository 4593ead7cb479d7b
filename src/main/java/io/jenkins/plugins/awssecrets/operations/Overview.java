package io.jenkins.plugins.awssecrets.operations;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Finding;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Severity;
import io.jenkins.plugins.awssecrets.engine.placement.Adviser;
import io.jenkins.plugins.awssecrets.engine.placement.Prices;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the page shows of some places, as it stood when this was made. Waits for no source: what one must be asked for is
 * shown as of the last check, and as of the last listing.
 */
public final class Overview {
    private final Times times = new Times(Clock.systemUTC());
    private final List<SourceRow> sources = new ArrayList<>();
    private final List<CredentialRow> credentials = new ArrayList<>();
    private final List<FindingRow> findings = new ArrayList<>();
    private final List<PlacementRow> placements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private final boolean mayCheck;
    private final Search search;
    private boolean configured;
    private BigDecimal month = BigDecimal.ZERO;
    private boolean running;
    private Optional<Instant> checked = Optional.empty();

    /**
     * @param mayCheck whether the reader may start a check
     * @param search which rows are shown
     */
    Overview(List<? extends ItemGroup<?>> places, boolean mayCheck, Search search) {
        this.mayCheck = mayCheck;
        this.search = search;
        places.forEach(place -> Catalog.get().own(place).ifPresent(own -> add(place, own)));
        findings.sort(Comparator.comparing((FindingRow row) -> row.finding().severity())
                .reversed()
                .thenComparing(row -> row.examined().startsWith("source ") ? 0 : 1));
    }

    private void add(ItemGroup<?> place, CatalogView own) {
        String name = place.getFullName();
        places.add(name);
        CheckRun run = Checks.get().of(place);
        running |= run.running();
        run.ended()
                .ifPresent(
                        at -> checked = Optional.of(checked.filter(at::isAfter).orElse(at)));
        run.failure().ifPresent(failures::add);
        run.advice().placements().forEach(placement -> placements.add(new PlacementRow(name, placement)));
        month = month.add(Adviser.month(run.advice().placements()));
        Map<String, Examined> examined = run.examined().stream()
                .collect(Collectors.toMap(Examined::subject, Function.identity(), (first, second) -> first));
        run.examined().forEach(each -> each.findings().forEach(f -> findings.add(FindingRow.of(name, each, f))));

        Set<String> inUse = PlaceExamination.inUse(
                own.sources(),
                own.declared().stream()
                        .flatMap(entry -> entry.definition().references().stream())
                        .map(Reference::source)
                        .collect(Collectors.toSet()));
        for (SourceStatus status : own.sources()) {
            configured |= status.configured() || inUse.contains(status.id());
            sources.add(new SourceRow(
                    status,
                    Optional.ofNullable(examined.get("source " + status.id())),
                    inUse.contains(status.id()),
                    SourceCounts.get().of(status),
                    times));
        }
        Map<String, SecretMetadata> known = known(place);
        run.advice().secrets().forEach(secret -> known.putIfAbsent(secret.source() + ":" + secret.name(), secret));
        for (CatalogEntry entry : own.entries(Duration.ZERO)) {
            String id = entry.definition().id();
            credentials.add(
                    new CredentialRow(entry, Optional.ofNullable(examined.get("credential " + id)), known, times));
        }
    }

    /** By {@code source:name}. */
    private static Map<String, SecretMetadata> known(ItemGroup<?> place) {
        Map<String, SecretMetadata> known = new HashMap<>();
        Catalog.get().in(place).sources().forEach(source -> source.listing().ifPresent(listing -> listing.secrets()
                .forEach(secret -> known.put(source.id() + ":" + secret.name(), secret))));
        return known;
    }

    public List<SourceRow> getSources() {
        return List.copyOf(sources);
    }

    public Search getSearch() {
        return search;
    }

    /** Whether nobody has configured anything yet: what is there by default is no problem then. */
    public boolean isUnconfigured() {
        return !configured && credentials.isEmpty();
    }

    public CredentialTable getCredentials() {
        return new CredentialTable(credentials, search);
    }

    /** Whether there is anything to fix, whatever is searched for. */
    public boolean isProblems() {
        return findings.stream().anyMatch(row -> row.finding().severity() != Severity.NOTE);
    }

    /** What fails and what is worth a warning, the worst first. */
    public Part<FindingRow> getFindings() {
        return found(row -> row.finding().severity() != Severity.NOTE);
    }

    /** What works as it is configured, and explains what somebody may miss. */
    public Part<FindingRow> getNotes() {
        return found(row -> row.finding().severity() == Severity.NOTE);
    }

    private Part<FindingRow> found(Predicate<FindingRow> wanted) {
        return Part.of(findings.stream()
                .filter(wanted)
                .filter(row ->
                        search.finds(Stream.of(row.examined(), row.getDetail(), row.getTitle(), row.getPlaceName())))
                .toList());
    }

    /** Where credentials are kept, as of the last check. */
    public Part<PlacementRow> getPlacements() {
        return Part.of(placements.stream()
                .filter(row -> search.finds(Stream.of(row.getCredential(), row.getPlaceName())))
                .toList());
    }

    /** What all of them cost a month; a secret that several credentials of a place share counts once. */
    public String getMonth() {
        return PlacementRow.dollars(month, 2);
    }

    /** Where the prices are from, and of when. */
    public String getPrices() {
        Prices prices = Prices.bundled();
        return prices.provenance()
                + prices.outdated(Instant.now())
                        .map(old -> ". Check them: " + old)
                        .orElse("");
    }

    /** Why a check found nothing out. */
    public List<String> getFailures() {
        return List.copyOf(failures);
    }

    public boolean isRunning() {
        return running;
    }

    public boolean isMayCheck() {
        return mayCheck;
    }

    public boolean isChecked() {
        return checked.isPresent();
    }

    /** Whether the configuration changed after the last check. */
    public boolean isOutdated() {
        return checked.filter(at -> at.isBefore(Catalog.get().changed())).isPresent();
    }

    /** When the last check ended; empty when there was none. */
    public String getCheckedText() {
        return checked.map(times::relative).orElse("");
    }

    /** Whether a column must tell the folder. */
    public boolean isSeveralPlaces() {
        return places.size() > 1;
    }

    /** In one line what the last check found. */
    public String getSummary() {
        Map<Severity, Long> counts = findings.stream()
                .map(FindingRow::finding)
                .collect(Collectors.groupingBy(Finding::severity, Collectors.counting()));
        long failed = counts.getOrDefault(Severity.FAILED, 0L);
        long warnings = counts.getOrDefault(Severity.WARNING, 0L);
        String told = Stream.of(number(failed, "problem"), number(warnings, "warning"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return told.isEmpty() ? "All checks passed." : told + " to look at.";
    }

    private static Optional<String> number(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what + (count == 1 ? "" : "s"));
    }
}
