package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/** What is to be seen from one place: its own level first, then the folders above it, then the global one. */
public final class CatalogView {
    private static final Set<CredentialKind> ALL = Set.copyOf(Kinds.all());

    private final List<Level> levels;
    private final ExecutorService executor;

    private final String place;

    /**
     * @param place full name of what is looked from; empty for Jenkins itself
     * @param levels nearest first
     */
    CatalogView(String place, List<Level> levels, ExecutorService executor) {
        this.place = place;
        this.levels = List.copyOf(levels);
        this.executor = executor;
    }

    /**
     * The credential of an id. A declared one goes before a discovered one, so that finding it never waits; of two, the
     * nearest goes first. A discovered one is found in what is known; only for an id that is nowhere in it, sources of
     * which nothing is known yet are waited for.
     *
     * @param patience how long to wait at most
     */
    public Optional<CatalogEntry> find(String id, Duration patience) {
        return declared(id).or(() -> discovered(id, Duration.ZERO)).or(() -> discovered(id, patience));
    }

    /** The nearest declared credential of an id. Asks nobody. */
    public Optional<CatalogEntry> declared(String id) {
        return levels.stream().flatMap(level -> level.declared(id).stream()).findFirst();
    }

    private Optional<CatalogEntry> discovered(String id, Duration patience) {
        levels.forEach(Level::refresh);
        long end = System.nanoTime() + patience.toNanos();
        for (Level level : levels) {
            Optional<CatalogEntry> entry = level.discovered(id, place, left(end));
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /**
     * All credentials. A declared one of an id goes before a discovered one; of two, the nearest goes first.
     *
     * @param patience how long to wait at most, for all sources together, where nothing is known of them yet
     */
    public Collection<CatalogEntry> entries(Duration patience) {
        return entries(ALL, patience);
    }

    /** The credentials of some kinds. One that is hidden by one of another kind with its id is not among them. */
    public Collection<CatalogEntry> entries(Set<CredentialKind> kinds, Duration patience) {
        return entries(levels, kinds, patience);
    }

    /** What the place declares itself; empty when it declares nothing. */
    Optional<CatalogView> own(ItemGroup<?> place) {
        return levels.stream()
                .limit(1)
                .filter(level -> level.owner() == place)
                .map(level -> new CatalogView(this.place, List.of(level), executor))
                .findFirst();
    }

    /** The credentials of the place itself, without those above. */
    public Collection<CatalogEntry> ownEntries(Duration patience) {
        return entries(levels.stream().limit(1).toList(), ALL, patience);
    }

    private Collection<CatalogEntry> entries(List<Level> levels, Set<CredentialKind> kinds, Duration patience) {
        levels.forEach(Level::refresh);
        List<Part> parts = new ArrayList<>();
        levels.forEach(level -> parts.add(Part.declared(level.declared())));
        long end = System.nanoTime() + patience.toNanos();
        levels.forEach(level -> parts.addAll(level.discovered(left(end))));
        return joined(parts, kinds);
    }

    /** The first of each id. Without a table of all: there may be ten thousand, and a page asks for them several times. */
    private List<CatalogEntry> joined(List<Part> parts, Set<CredentialKind> kinds) {
        List<CatalogEntry> joined = new ArrayList<>();
        List<Part> before = new ArrayList<>();
        for (Part part : parts) {
            for (CatalogEntry entry : part.of(kinds)) {
                if (entry.isFor(place) && !isAmong(before, entry.definition().id())) {
                    joined.add(entry);
                }
            }
            if (!part.isEmpty()) {
                before.add(part);
            }
        }
        return joined;
    }

    private boolean isAmong(List<Part> parts, String id) {
        for (Part part : parts) {
            if (part.shown(id).filter(entry -> entry.isFor(place)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** The kinds of the sources of this place, by id. */
    public Map<String, SourceKind> kinds() {
        Map<String, SourceKind> kinds = new LinkedHashMap<>();
        levels.forEach(level -> level.kinds().forEach(kinds::putIfAbsent));
        return kinds;
    }

    /** Reads references typed in this place. */
    public DefinitionParser parser() {
        return new DefinitionParser(kinds());
    }

    /** Full name of the place whose source an id means here: empty for Jenkins itself, and for an id of no source. */
    public String placeOf(String sourceId) {
        return levels.stream()
                .filter(level -> level.kinds().containsKey(sourceId))
                .findFirst()
                .map(level -> level.owner().getFullName())
                .orElse("");
    }

    /** The direct references that the source takes which an id means here. */
    public AllowList allow(String sourceId) {
        return levels.stream()
                .flatMap(level -> level.allow(sourceId).stream())
                .findFirst()
                .orElse(AllowList.NONE);
    }

    /** The rules as they are now, the nearest place first. */
    public List<PlaceRules> rules() {
        return levels.stream().map(Level::rules).toList();
    }

    /** What an id says that is a reference to a source of this place; empty for any other id. */
    public Optional<Reference> reference(String id) {
        if (kinds().keySet().stream().noneMatch(source -> Reference.startsWithSource(id, source))) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser().reference("credentials id", id));
        } catch (SecretException e) {
            return Optional.empty();
        }
    }

    /** The source that an id means here; opening it uses no network. */
    public Optional<SecretSource> source(String id) {
        return levels.stream().flatMap(level -> level.source(id).stream()).findFirst();
    }

    /** Which of these sources are called right now, or all of them where none is, as text for a log. */
    public String waitedFor(Collection<String> ids) {
        List<String> called = ids.stream().filter(this::isCalled).sorted().toList();
        List<String> told = called.isEmpty() ? ids.stream().sorted().toList() : called;
        return (told.size() == 1 ? "source " : "sources ") + String.join(", ", told);
    }

    private boolean isCalled(String id) {
        return levels.stream()
                .flatMap(level -> level.called(id).stream())
                .findFirst()
                .orElse(false);
    }

    /** Fetches through the sources of this place. Blocks: never to be called on a CPS thread or for a page. */
    public Resolver resolver() {
        return resolver(UnaryOperator.identity());
    }

    /** @param reader gives the source that is read in the place of one, which is a build's own session */
    public Resolver resolver(UnaryOperator<SecretSource> reader) {
        Map<String, SecretSource> sources = new LinkedHashMap<>();
        for (Level level : levels) {
            level.kinds().keySet().forEach(id -> level.source(id).ifPresent(s -> sources.putIfAbsent(id, s)));
        }
        return new Resolver(new Sources(sources.values()), executor, reader);
    }

    /** What is known of each source of this place, by id. */
    public Map<String, Listing> listings() {
        Map<String, Listing> listings = new LinkedHashMap<>();
        levels.forEach(level -> level.listings().forEach(listings::putIfAbsent));
        return listings;
    }

    /** What is known of a secret, whether it is a credential or not. Asks nobody. */
    public Optional<SecretMetadata> known(String sourceId, String name) {
        return levels.stream()
                .filter(level -> level.kinds().containsKey(sourceId))
                .findFirst()
                .flatMap(level -> level.known(sourceId, name));
    }

    /** How the sources of this place stand, the nearest of an id. Asks nobody. */
    public List<SourceStatus> sources() {
        Map<String, SourceStatus> sources = new LinkedHashMap<>();
        levels.forEach(level -> level.statuses().forEach(status -> sources.putIfAbsent(status.id(), status)));
        return List.copyOf(sources.values());
    }

    /** What is declared, the nearest of an id. */
    public Collection<CatalogEntry> declared() {
        Map<String, CatalogEntry> declared = new LinkedHashMap<>();
        levels.forEach(level -> level.declared().forEach(declared::putIfAbsent));
        return List.copyOf(declared.values());
    }

    /** Whether the nearest place looks for credentials among its sources' secrets. */
    public boolean discovery() {
        return !levels.isEmpty() && levels.get(0).discovery();
    }

    /** What each source's listing is narrowed to, by id. */
    public Map<String, SourceFilter> filters() {
        Map<String, SourceFilter> filters = new LinkedHashMap<>();
        levels.forEach(level -> level.filters().forEach(filters::putIfAbsent));
        return filters;
    }

    /** Has the lists of its sources ready, or on their way, before anybody looks. */
    void prepare() {
        levels.forEach(Level::prepare);
    }

    /** Lets the next who asks for credentials start a new listing of each source. */
    public void expire() {
        levels.forEach(Level::expire);
    }
}
