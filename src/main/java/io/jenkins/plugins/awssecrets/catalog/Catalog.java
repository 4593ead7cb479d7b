package io.jenkins.plugins.awssecrets.catalog;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The sources and credentials of all places, made of the configuration when first asked for and made anew when it
 * changes ({@link #reload}).
 */
@Extension
public class Catalog {
    private static final Logger LOGGER = Logger.getLogger(Catalog.class.getName());

    // Threads end after a minute without work. Unbounded, as each task ends with its source's deadline.
    private final ExecutorService executor =
            Executors.newCachedThreadPool(new NamingThreadFactory(new DaemonThreadFactory(), "aws-secrets"));

    private volatile Instant changed = Instant.EPOCH;

    private final Map<String, Optional<Level>> levels = new LinkedHashMap<>();

    public static Catalog get() {
        return ExtensionList.lookupSingleton(Catalog.class);
    }

    /** What is to be seen from inside of a folder, or of Jenkins itself. */
    public CatalogView in(ItemGroup<?> place) {
        List<Level> nearestFirst = new ArrayList<>();
        synchronized (this) {
            List<ItemGroup<?>> path = path(place);
            Map<String, SourceKind> above = new LinkedHashMap<>();
            for (int i = path.size() - 1; i >= 0; i--) {
                level(path.get(i), above).ifPresent(level -> {
                    above.putAll(level.kinds());
                    nearestFirst.add(0, level);
                });
            }
        }
        return new CatalogView(nearestFirst, executor);
    }

    /** What an item sees: the folder it is in, and above. */
    public CatalogView forItem(Item item) {
        return in(item instanceof ItemGroup<?> group ? group : item.getParent());
    }

    /**
     * A source by the place that declares it.
     *
     * @param place its full name; empty for Jenkins itself
     * @return empty when the place is gone or its source is not configured any more
     */
    public Optional<SecretSource> source(String place, String sourceId) {
        ItemGroup<?> group =
                place.isEmpty() ? Jenkins.get() : Jenkins.get().getItemByFullName(place, AbstractFolder.class);
        return Optional.ofNullable(group).flatMap(found -> in(found).source(sourceId));
    }

    /** What one place declares itself, without those above; empty when it declares nothing. */
    public Optional<CatalogView> own(ItemGroup<?> place) {
        in(place);
        synchronized (this) {
            return levels.getOrDefault(place.getFullName(), Optional.empty())
                    .map(level -> new CatalogView(List.of(level), executor));
        }
    }

    /** How the sources of all places stand that were asked for something so far. Asks nobody. */
    public List<SourceStatus> sources() {
        List<Level> known;
        synchronized (this) {
            known = levels.values().stream().flatMap(Optional::stream).toList();
        }
        return known.stream().flatMap(level -> level.statuses().stream()).toList();
    }

    /** Takes note of a changed configuration: closes clients and drops what was made of the old one. */
    public void reload() {
        List<Level> old;
        synchronized (this) {
            old = levels.values().stream().flatMap(Optional::stream).toList();
            levels.clear();
            changed = Instant.now();
        }
        // Closing may revoke a Vault token over the network.
        executor.execute(() -> old.forEach(Level::close));
    }

    /** When the configuration changed last; long ago when it did not since the start. */
    public Instant changed() {
        return changed;
    }

    /** Runs work that waits for a network, away from CPS and request threads. */
    public ExecutorService executor() {
        return executor;
    }

    private Optional<Level> level(ItemGroup<?> place, Map<String, SourceKind> above) {
        String name = place.getFullName();
        Optional<Level> known = levels.get(name);
        if (known != null) {
            return known;
        }
        Optional<Level> level = ExtensionList.lookup(LevelProvider.class).stream()
                .flatMap(provider -> definition(provider, place).stream())
                .findFirst()
                .map(definition -> new Level(place, definition, above, cacheDirectory(name), executor));
        levels.put(name, level);
        return level;
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
                            + " cannot be read; none of them is there");
            return Optional.empty();
        }
    }

    private static Path cacheDirectory(String name) {
        Path root = Jenkins.get().getRootDir().toPath().resolve("aws-secrets-metadata");
        return name.isEmpty() ? root : root.resolve(Util.getDigestOf(name));
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
