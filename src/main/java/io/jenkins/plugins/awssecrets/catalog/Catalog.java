package io.jenkins.plugins.awssecrets.catalog;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.awssecrets.engine.rules.ReservedSecrets;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/**
 * The sources and credentials of all places, made of the configuration when first asked for and made anew when it
 * changes ({@link #reload}).
 */
@Extension
public class Catalog {
    private static final Logger LOGGER = Logger.getLogger(Catalog.class.getName());

    // Threads end after a minute without work. Unbounded, as each task ends with its source's deadline.
    // By Jenkins itself, whoever happened to be at work when a thread was made.
    private final ExecutorService executor = new ImpersonatingExecutorService(
            Executors.newCachedThreadPool(new NamingThreadFactory(new DaemonThreadFactory(), "aws-secrets")),
            ACL.SYSTEM2);

    private final Map<String, Optional<Level>> levels = new LinkedHashMap<>();

    /** Of before the last change of the configuration; each goes on or is closed, when its place is looked at anew. */
    private final List<OpenSource> superseded = new ArrayList<>();

    /** Those with leases that somebody still uses. */
    private final List<Retired> retired = new CopyOnWriteArrayList<>();

    private long changes;

    /** Of the change of that number. */
    private Reserved reserved = new Reserved(-1, ReservedSecrets.NONE);

    private volatile Instant changed = Instant.EPOCH;

    private record Reserved(long change, ReservedSecrets secrets) {}

    private record Retired(String place, RetiringSource source) {}

    public static Catalog get() {
        return ExtensionList.lookupSingleton(Catalog.class);
    }

    /** What is to be seen from inside of a folder, or of Jenkins itself. */
    public CatalogView in(ItemGroup<?> place) {
        List<Level> nearestFirst = new ArrayList<>();
        List<ItemGroup<?>> path = path(place);
        Map<String, SourceKind> above = new LinkedHashMap<>();
        for (int i = path.size() - 1; i >= 0; i--) {
            level(path.get(i), above).ifPresent(level -> {
                above.putAll(level.kinds());
                nearestFirst.add(0, level);
            });
        }
        return new CatalogView(place.getFullName(), nearestFirst, executor);
    }

    /** What an item sees, or Jenkins itself where there is none. */
    public CatalogView seenFrom(@CheckForNull Item item) {
        return item == null ? in(Jenkins.get()) : forItem(item);
    }

    /** What an item sees: the folder it is in, and above. */
    public CatalogView forItem(Item item) {
        return in(item instanceof ItemGroup<?> group ? group : item.getParent());
    }

    /**
     * A source by the place that declares it.
     *
     * @param place its full name; empty for Jenkins itself
     * @return empty when the place is gone or its source is not configured any more, and none of its leases is left
     */
    public Optional<SecretSource> source(String place, String sourceId) {
        Optional<SecretSource> present = present(place, sourceId);
        List<RetiringSource> before = before(place, sourceId);
        return before.isEmpty() ? present : Optional.of(new SucceedingSource(present, before));
    }

    /**
     * A source as it is configured now, by the place that declares it.
     *
     * @param place its full name; empty for Jenkins itself
     */
    public Optional<SecretSource> present(String place, String sourceId) {
        return place(place).flatMap(found -> in(found).source(sourceId));
    }

    /** Whether a source, or a build's session of one, gave a lease and may still end it. */
    public static boolean gave(SecretSource source, Lease lease) {
        return source instanceof RetiringSource retiring && retiring.gave(lease);
    }

    /** What the source was before changes of the configuration, as far as it may still have leases. */
    private synchronized List<RetiringSource> before(String place, String sourceId) {
        Stream<RetiringSource> still =
                superseded.stream().filter(one -> one.place().equals(place)).flatMap(one -> one.opened().stream());
        Stream<RetiringSource> closing =
                retired.stream().filter(one -> one.place().equals(place)).map(Retired::source);
        return Stream.concat(still, closing)
                .filter(source -> source.id().equals(sourceId))
                .toList();
    }

    /** What one place declares itself, without those above; empty when it declares nothing. */
    public Optional<CatalogView> own(ItemGroup<?> place) {
        return in(place).own(place);
    }

    /** What declared credentials of all places keep from direct references; collected anew after each change. */
    public ReservedSecrets reserved() {
        long change;
        synchronized (this) {
            if (reserved.change() == changes) {
                return reserved.secrets();
            }
            change = changes;
        }
        // Without the lock, as in level(). A change meanwhile is for who asks next.
        ReservedSecrets collected = new Reservations(this).all();
        synchronized (this) {
            reserved = new Reserved(change, collected);
        }
        return collected;
    }

    /** How the sources of all places stand that were asked for something so far. Asks nobody. */
    public List<SourceStatus> sources() {
        return known().stream().flatMap(level -> level.statuses().stream()).toList();
    }

    /**
     * Takes note of a changed configuration: from now on it counts. Sources that it leaves as they are go on with their
     * logins; the others close when the calls and leases under way have ended.
     */
    public void reload() {
        long change;
        synchronized (this) {
            change = ++changes;
            changed = Instant.now();
            levels.values().forEach(level -> level.ifPresent(known -> superseded.addAll(known.open())));
            levels.clear();
        }
        // Away from here: closing may revoke a Vault token over the network, and whoever saves holds locks.
        executor.execute(() -> settle(change));
    }

    /** When the configuration changed last; long ago when it did not since the start. */
    public Instant changed() {
        return changed;
    }

    /** Has the secrets of all sources listed anew when they are looked at next. */
    public void listAnew() {
        known().forEach(Level::expire);
    }

    /** Looks at the places anew whose sources were open, and closes what is in none of them any more. */
    private void settle(long change) {
        List<ItemGroup<?>> owners;
        synchronized (this) {
            owners = superseded.stream()
                    .<ItemGroup<?>>map(OpenSource::owner)
                    .distinct()
                    .toList();
        }
        owners.stream().filter(Catalog::isThere).forEach(this::in);
        List<OpenSource> gone;
        synchronized (this) {
            if (changes != change) {
                // It is for the change that came meanwhile.
                return;
            }
            gone = List.copyOf(superseded);
            superseded.clear();
            gone.forEach(one -> one.opened().ifPresent(opened -> retired.add(new Retired(one.place(), opened))));
        }
        gone.forEach(OpenSource::retire);
        closeRetired();
    }

    /** Closes what is left of places that are gone. */
    void tidy() {
        closeRetired();
        if (!known().stream().allMatch(level -> isThere(level.owner()))) {
            reload();
        }
    }

    private synchronized List<Level> known() {
        return levels.values().stream().flatMap(Optional::stream).toList();
    }

    /** Whether nothing of a former configuration waits to be looked at. */
    synchronized boolean isSettled() {
        return superseded.isEmpty();
    }

    /** Closes those that only waited for leases to be over. */
    void closeRetired() {
        retired.removeIf(one -> one.source().isClosed());
    }

    /** Whether the level is that of a folder which is gone, and the place another one of its name. */
    private static boolean isOfAnother(Level level, ItemGroup<?> place) {
        return level.owner() != place && isThere(place);
    }

    private static boolean isThere(ItemGroup<?> place) {
        return place(place.getFullName()).filter(found -> found == place).isPresent();
    }

    /** Whoever asks: builds and leases end also where nobody may read the folder. */
    private static Optional<ItemGroup<?>> place(String fullName) {
        if (fullName.isEmpty()) {
            return Optional.of(Jenkins.get());
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName, AbstractFolder.class));
        }
    }

    /** Runs work that waits for a network, away from CPS and request threads. */
    public ExecutorService executor() {
        return executor;
    }

    private Optional<Level> level(ItemGroup<?> place, Map<String, SourceKind> above) {
        String name = place.getFullName();
        while (true) {
            long change;
            synchronized (this) {
                Optional<Level> known = levels.get(name);
                if (known != null && known.filter(of -> isOfAnother(of, place)).isEmpty()) {
                    return known;
                }
                if (known != null) {
                    reload();
                }
                change = changes;
            }
            // Without the lock: what is configured is read under locks of others, who may be on their way here.
            Optional<LevelDefinition> definition = ExtensionList.lookup(LevelProvider.class).stream()
                    .flatMap(provider -> definition(provider, place).stream())
                    .findFirst();
            synchronized (this) {
                if (changes == change) {
                    return levels.computeIfAbsent(name, n -> definition.map(found -> level(place, found, above)));
                }
            }
        }
    }

    private Level level(ItemGroup<?> place, LevelDefinition definition, Map<String, SourceKind> above) {
        return new Level(place, definition, above, source -> open(place, source, definition.lifetime()));
    }

    private OpenSource open(ItemGroup<?> place, LevelDefinition.Source source, Duration lifetime) {
        for (OpenSource one : superseded) {
            if (one.serves(place, source)) {
                superseded.remove(one);
                one.goOn(lifetime);
                return one;
            }
        }
        return new OpenSource(place, source, cacheDirectory(place.getFullName()), lifetime, executor);
    }

    /** A place whose configuration cannot be read declares nothing, rather than taking every other credential with it. */
    private static Optional<LevelDefinition> definition(LevelProvider provider, ItemGroup<?> place) {
        try {
            return provider.definition(place);
        } catch (RuntimeException e) {
            LOGGER.log(
                    java.util.logging.Level.SEVERE,
                    e,
                    () -> "The sources and credentials of "
                            + (place.getFullName().isEmpty() ? "Jenkins" : place.getFullName())
                            + " cannot be read, and none of them is available");
            return Optional.empty();
        }
    }

    private static Path cacheDirectory(String name) {
        Path root = Jenkins.get().getRootDir().toPath().resolve("aws-secrets-metadata");
        return name.isEmpty() ? root : root.resolve(Util.getDigestOf(name));
    }

    /** Whether an earlier listing of any source is on disk. */
    public boolean hasLists() {
        return Files.exists(cacheDirectory(""));
    }

    /** The place, then the groups above it, up to Jenkins itself. */
    private static List<ItemGroup<?>> path(ItemGroup<?> place) {
        List<ItemGroup<?>> path = new ArrayList<>();
        for (ItemGroup<?> at = place; at != null; at = at instanceof Item item ? item.getParent() : null) {
            path.add(at);
        }
        return path;
    }
}
