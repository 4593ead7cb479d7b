package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One place's sources, opened when first needed, with the metadata of each, and its credentials. */
final class Level {
    private final ItemGroup<?> owner;
    private final LevelDefinition definition;
    private final Map<String, OpenSource> sources = new LinkedHashMap<>();
    private final Map<String, CatalogEntry> declared = new LinkedHashMap<>();
    private final Set<String> above;

    /** Made when first asked for: as long as nothing changes, all builds share it. */
    private PlaceRules rules;

    /**
     * @param above the kinds of the sources in the places above
     * @param open gives the source of a definition: one that is open already, or a new one
     */
    Level(
            ItemGroup<?> owner,
            LevelDefinition definition,
            Map<String, SourceKind> above,
            Function<LevelDefinition.Source, OpenSource> open) {
        this.owner = owner;
        this.definition = definition;
        this.above = Set.copyOf(above.keySet());
        for (LevelDefinition.Source source : definition.sources()) {
            sources.computeIfAbsent(source.id(), id -> open.apply(source));
        }
        Map<String, SourceKind> kinds = new LinkedHashMap<>(above);
        kinds.putAll(kinds());
        for (LevelDefinition.Declared one : definition.credentials().apply(new DefinitionParser(kinds))) {
            declared.putIfAbsent(
                    one.definition().id(),
                    new CatalogEntry(
                            one.definition(),
                            owner,
                            one.system(),
                            one.allow(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    Map<String, SourceKind> kinds() {
        Map<String, SourceKind> kinds = new LinkedHashMap<>();
        sources.forEach((id, source) -> kinds.put(id, source.definition().kind()));
        return kinds;
    }

    /** The direct references that a source of this place takes, as it is configured now. */
    Optional<AllowList> allow(String id) {
        return definition.sources().stream()
                .filter(source -> source.id().equals(id))
                .findFirst()
                .map(LevelDefinition.Source::allow);
    }

    /** What rules say here. */
    synchronized PlaceRules rules() {
        if (rules == null) {
            Set<String> lent = new HashSet<>(above);
            lent.removeIf(id -> !SourceLoans.lent(id, owner));
            rules = PlaceRules.of(owner.getFullName(), definition.sources(), declared, lent);
        }
        return rules;
    }

    ItemGroup<?> owner() {
        return owner;
    }

    Optional<SecretSource> source(String id) {
        return Optional.ofNullable(sources.get(id)).map(OpenSource::get);
    }

    /** What is known of a secret. Asks nobody. */
    Optional<SecretMetadata> known(String id, String name) {
        return Optional.ofNullable(sources.get(id)).flatMap(source -> source.known(name));
    }

    /** Whether a source of this place is called right now; empty where it has none of this id. */
    Optional<Boolean> called(String id) {
        return Optional.ofNullable(sources.get(id))
                .map(source -> source.opened().filter(RetiringSource::isCalled).isPresent());
    }

    Optional<CatalogEntry> declared(String id) {
        return Optional.ofNullable(declared.get(id));
    }

    Map<String, CatalogEntry> declared() {
        return Collections.unmodifiableMap(declared);
    }

    /** Starts the refreshes that are due, so that waiting for the first of several sources is waiting for all. */
    void refresh() {
        discovered().forEach(source -> source.cache().current());
    }

    /** Has each source's list ready, or on its way, before anybody looks. */
    void prepare() {
        discovered().forEach(OpenSource::prepare);
    }

    /** What was discovered by id, a part a source; the first source that has an id wins. */
    List<Part> discovered(Duration patience) {
        List<Part> parts = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        discovered().forEach(source -> parts.add(source.listed(left(end))));
        return parts;
    }

    /**
     * The discovered credential of an id, without a look at all the others.
     *
     * @param place full name of what is looked from
     */
    Optional<CatalogEntry> discovered(String id, String place, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (OpenSource source : discovered()) {
            Optional<CatalogEntry> entry = (patience.isZero() ? source.listed(left(end)) : source.listedNow(left(end)))
                    .credential(id)
                    .filter(found -> found.isFor(place));
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    Map<String, Listing> listings() {
        Map<String, Listing> listings = new LinkedHashMap<>();
        discovered()
                .forEach(source ->
                        listings.put(source.definition().id(), source.cache().current()));
        return listings;
    }

    Map<String, SourceFilter> filters() {
        Map<String, SourceFilter> filters = new LinkedHashMap<>();
        sources.forEach((id, source) -> filters.put(id, source.definition().filter()));
        return filters;
    }

    boolean discovery() {
        return definition.discovery();
    }

    List<SourceStatus> statuses() {
        return sources.values().stream()
                .map(source -> source.status(definition.discovery()))
                .toList();
    }

    private List<OpenSource> discovered() {
        if (!definition.discovery()) {
            return List.of();
        }
        return sources.values().stream()
                .filter(source -> source.definition().discovered())
                .toList();
    }

    void expire() {
        sources.values().forEach(OpenSource::expire);
    }

    Collection<OpenSource> open() {
        return List.copyOf(sources.values());
    }
}
