package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.measurement.ObservedSource;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.ListingFile;
import io.jenkins.plugins.awssecrets.engine.resolve.MetadataCache;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.logging.Logger;

/** One place's sources, opened when first needed, with the metadata of each, and its credentials. */
final class Level {
    private static final Logger LOGGER = Logger.getLogger(Level.class.getName());

    private final ItemGroup<?> owner;
    private final LevelDefinition definition;
    private final Map<String, OpenSource> sources = new LinkedHashMap<>();
    private final Map<String, CatalogEntry> declared = new LinkedHashMap<>();

    /**
     * @param above the kinds of the sources in the places above
     * @param cacheDirectory where listings are kept over a restart
     */
    Level(
            ItemGroup<?> owner,
            LevelDefinition definition,
            Map<String, SourceKind> above,
            Path cacheDirectory,
            ExecutorService executor) {
        this.owner = owner;
        this.definition = definition;
        for (LevelDefinition.Source source : definition.sources()) {
            sources.putIfAbsent(source.id(), new OpenSource(source, cacheDirectory, executor));
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
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    Map<String, SourceKind> kinds() {
        Map<String, SourceKind> kinds = new LinkedHashMap<>();
        sources.forEach((id, source) -> kinds.put(id, source.source.kind()));
        return kinds;
    }

    ItemGroup<?> owner() {
        return owner;
    }

    Optional<SecretSource> source(String id) {
        return Optional.ofNullable(sources.get(id)).map(OpenSource::get);
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

    /** What was discovered; the first source that has an id wins. */
    Map<String, CatalogEntry> discovered(Duration patience) {
        Map<String, CatalogEntry> entries = new LinkedHashMap<>();
        long end = System.nanoTime() + patience.toNanos();
        for (OpenSource source : discovered()) {
            source.discovered(owner, left(end)).forEach(entries::putIfAbsent);
        }
        return entries;
    }

    /** The discovered credential of an id, without a look at all the others. */
    Optional<CatalogEntry> discovered(String id, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (OpenSource source : discovered()) {
            CatalogEntry entry = source.discovered(owner, left(end)).get(id);
            if (entry != null) {
                return Optional.of(entry);
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
                        listings.put(source.source.id(), source.cache().current()));
        return listings;
    }

    Map<String, SourceFilter> filters() {
        Map<String, SourceFilter> filters = new LinkedHashMap<>();
        sources.forEach((id, source) -> filters.put(id, source.source.filter()));
        return filters;
    }

    boolean discovery() {
        return definition.discovery();
    }

    List<SourceStatus> statuses() {
        return sources.values().stream().map(OpenSource::status).toList();
    }

    private List<OpenSource> discovered() {
        if (!definition.discovery()) {
            return List.of();
        }
        return sources.values().stream()
                .filter(source -> source.source.discovered())
                .toList();
    }

    void expire() {
        sources.values().forEach(OpenSource::expire);
    }

    void close() {
        sources.values().forEach(OpenSource::close);
    }

    private final class OpenSource {
        private final LevelDefinition.Source source;
        private final Path directory;
        private final ListingFile file;
        private final ExecutorService executor;
        private GuardedSource opened;
        private MetadataCache cache;
        private Listing indexed;
        private Map<String, CatalogEntry> index = Map.of();
        private boolean closed;

        OpenSource(LevelDefinition.Source source, Path directory, ExecutorService executor) {
            this.source = source;
            this.directory = directory.resolve(source.id());
            this.file = new ListingFile(source.id(), this.directory.resolve(source.identity() + ".json"));
            this.executor = executor;
        }

        synchronized SecretSource get() {
            if (opened == null) {
                opened = GuardedSource.around(ObservedSource.around(
                        source.open().get(), call -> CallListener.tell(owner, call), Clock.systemUTC()));
            }
            return opened;
        }

        /** Opens nothing and asks nobody. */
        synchronized SourceStatus status() {
            return new SourceStatus(
                    source.id(),
                    source.kind(),
                    owner,
                    definition.discovery() && source.discovered(),
                    source.configured(),
                    Optional.ofNullable(opened).map(GuardedSource::state),
                    Optional.ofNullable(cache).map(MetadataCache::known),
                    Optional.ofNullable(cache).flatMap(MetadataCache::failingSince),
                    Optional.ofNullable(opened).flatMap(GuardedSource::login));
        }

        synchronized MetadataCache cache() {
            if (cache == null) {
                cache = new MetadataCache(
                        get(), definition.lifetime(), Clock.systemUTC(), executor, file.read(), this::keep);
                // What an earlier configuration or process knew is shown at once, and asked for anew.
                cache.expire();
            }
            return cache;
        }

        synchronized void expire() {
            if (cache != null) {
                cache.expire();
            }
        }

        Map<String, CatalogEntry> discovered(ItemGroup<?> owner, Duration patience) {
            Listing listing = cache().await(patience);
            synchronized (this) {
                // Made once a listing: ten thousand secrets are not parsed again at each look-up.
                if (listing != indexed) {
                    index = index(owner, listing);
                    indexed = listing;
                }
                return index;
            }
        }

        private Map<String, CatalogEntry> index(ItemGroup<?> owner, Listing listing) {
            Discovery discovery = new Discovery(source.kind(), source.filter());
            Map<String, CatalogEntry> found = new LinkedHashMap<>();
            List<String> bad = new ArrayList<>();
            for (SecretMetadata secret : listing.secrets()) {
                try {
                    discovery
                            .definition(secret)
                            .ifPresent(d -> found.putIfAbsent(d.id(), entry(owner, d, secret, listing)));
                } catch (SecretException e) {
                    bad.add(e.getMessage());
                }
            }
            bad.forEach(LOGGER::warning);
            return found;
        }

        private CatalogEntry entry(
                ItemGroup<?> owner, CredentialDefinition definition, SecretMetadata secret, Listing listing) {
            return new CatalogEntry(definition, owner, false, Optional.of(secret), listing.asOf(), listing.problem());
        }

        private void keep(Listing listing) {
            synchronized (this) {
                if (closed) {
                    // The configuration changed meanwhile: this listing is another source's.
                    return;
                }
            }
            try {
                file.write(listing);
                dropOthers();
            } catch (IOException e) {
                LOGGER.warning(() -> "The metadata of source " + source.id() + " could not be kept for the next start: "
                        + e.getClass().getSimpleName());
            }
        }

        /** What was known of the source as it was configured before. */
        private void dropOthers() throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
                for (Path other : files) {
                    if (!other.endsWith(source.identity() + ".json")) {
                        Files.deleteIfExists(other);
                    }
                }
            }
        }

        synchronized void close() {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
