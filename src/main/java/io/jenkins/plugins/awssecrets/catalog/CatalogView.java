package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** What is to be seen from one place: its own level first, then the folders above it, then the global one. */
public final class CatalogView {
    private final List<Level> levels;
    private final ExecutorService executor;

    /** @param levels nearest first */
    CatalogView(List<Level> levels, ExecutorService executor) {
        this.levels = List.copyOf(levels);
        this.executor = executor;
    }

    /**
     * The credential of an id. Answers from the configuration for a declared one, and from metadata for the rest; a
     * call to a source is waited for only where nothing at all is known of that source yet.
     *
     * @param patience how long to wait for a source's first listing
     */
    public Optional<CatalogEntry> find(String id, Duration patience) {
        for (Level level : levels) {
            Optional<CatalogEntry> declared = level.declared(id);
            if (declared.isPresent()) {
                return declared;
            }
            Optional<CatalogEntry> discovered =
                    Optional.ofNullable(level.entries(patience).get(id));
            if (discovered.isPresent()) {
                return discovered;
            }
        }
        return Optional.empty();
    }

    /** All credentials; the nearest of an id wins. */
    public Collection<CatalogEntry> entries(Duration patience) {
        Map<String, CatalogEntry> entries = new LinkedHashMap<>();
        for (Level level : levels) {
            level.entries(patience).forEach(entries::putIfAbsent);
        }
        return List.copyOf(entries.values());
    }

    /** The credentials of the place itself, without those above. */
    public Collection<CatalogEntry> ownEntries(Duration patience) {
        return levels.isEmpty()
                ? List.of()
                : List.copyOf(levels.get(0).entries(patience).values());
    }

    /** Reads references typed in this place. */
    public DefinitionParser parser() {
        Map<String, SourceKind> kinds = new LinkedHashMap<>();
        levels.forEach(level -> level.kinds().forEach(kinds::putIfAbsent));
        return new DefinitionParser(kinds);
    }

    /** Full name of the place whose source an id means here: empty for Jenkins itself, and for an id of no source. */
    public String placeOf(String sourceId) {
        return levels.stream()
                .filter(level -> level.kinds().containsKey(sourceId))
                .findFirst()
                .map(level -> level.owner().getFullName())
                .orElse("");
    }

    /** The source that an id means here; opening it uses no network. */
    public Optional<SecretSource> source(String id) {
        return levels.stream().flatMap(level -> level.source(id).stream()).findFirst();
    }

    /** Fetches through the sources of this place. Blocks: never to be called on a CPS thread or for a page. */
    public Resolver resolver() {
        Map<String, SecretSource> sources = new LinkedHashMap<>();
        for (Level level : levels) {
            level.kinds().keySet().forEach(id -> level.source(id).ifPresent(s -> sources.putIfAbsent(id, s)));
        }
        return new Resolver(new Sources(sources.values()), executor);
    }

    /** What is known of each source of this place, by id. */
    public Map<String, Listing> listings() {
        Map<String, Listing> listings = new LinkedHashMap<>();
        levels.forEach(level -> level.listings().forEach(listings::putIfAbsent));
        return listings;
    }

    /** How the sources of this place stand, the nearest of an id. Asks nobody. */
    public List<SourceStatus> sources() {
        Map<String, SourceStatus> sources = new LinkedHashMap<>();
        levels.forEach(level -> level.statuses().forEach(status -> sources.putIfAbsent(status.id(), status)));
        return List.copyOf(sources.values());
    }
}
