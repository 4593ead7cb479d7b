package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.measurement.ObservedSource;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.ListingFile;
import io.jenkins.plugins.awssecrets.engine.resolve.MetadataCache;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.logging.Logger;

/** A source of one place, opened when it is first needed, with what is known of its secrets. */
final class OpenSource {
    private static final Logger LOGGER = Logger.getLogger(OpenSource.class.getName());

    private final ItemGroup<?> owner;
    private final String place;
    private final LevelDefinition.Source source;
    private final Path directory;
    private final ListingFile file;
    private final ExecutorService executor;
    private Duration lifetime;
    private RetiringSource opened;
    private MetadataCache cache;
    private ListedSecrets listed;
    private boolean closed;

    /**
     * @param cacheDirectory where listings of the place's sources are kept over a restart
     * @param lifetime how long a listing is fresh
     */
    OpenSource(
            ItemGroup<?> owner,
            LevelDefinition.Source source,
            Path cacheDirectory,
            Duration lifetime,
            ExecutorService executor) {
        this.owner = owner;
        this.place = owner.getFullName();
        this.source = source;
        this.directory = cacheDirectory.resolve(source.id());
        this.file = new ListingFile(source.id(), directory.resolve(source.identity() + ".json"));
        this.lifetime = lifetime;
        this.executor = executor;
    }

    LevelDefinition.Source definition() {
        return source;
    }

    ItemGroup<?> owner() {
        return owner;
    }

    /** Whether it is what would be made of a definition in a place, as the place is now. */
    boolean serves(ItemGroup<?> now, LevelDefinition.Source defined) {
        return owner == now && place.equals(now.getFullName()) && source.isSameAs(defined);
    }

    /** Full name of its owner when it was made. */
    String place() {
        return place;
    }

    /** Goes on after a change of the configuration, with its client and login and what is known of its secrets. */
    synchronized void goOn(Duration now) {
        if (!lifetime.equals(now)) {
            lifetime = now;
            cache = null;
        }
    }

    /** Its secrets are listed anew when they are looked at next. */
    synchronized void expire() {
        if (cache != null) {
            cache.expire();
        }
    }

    synchronized SecretSource get() {
        if (opened == null) {
            Clock clock = Clock.systemUTC();
            opened = new RetiringSource(
                    GuardedSource.around(
                            ObservedSource.around(source.open().get(), call -> CallListener.tell(owner, call), clock)),
                    clock);
            if (closed) {
                // Somebody still looks at the configuration as it was.
                opened.close();
            }
        }
        return opened;
    }

    /**
     * Opens nothing and asks nobody.
     *
     * @param discovery whether its place looks for credentials among its sources' secrets
     */
    synchronized SourceStatus status(boolean discovery) {
        return new SourceStatus(
                source.id(),
                source.kind(),
                owner,
                discovery && source.discovered(),
                source.configured(),
                Optional.ofNullable(opened).map(RetiringSource::state),
                Optional.ofNullable(cache).map(MetadataCache::known),
                Optional.ofNullable(cache).flatMap(MetadataCache::failingSince),
                Optional.ofNullable(opened).flatMap(RetiringSource::login));
    }

    synchronized MetadataCache cache() {
        if (cache == null) {
            cache = new MetadataCache(get(), lifetime, Clock.systemUTC(), executor, file.read(), this::keep);
            // What an earlier configuration or process knew is shown at once, and asked for anew.
            cache.expire();
        }
        return cache;
    }

    /** What is known of its secrets, made once a listing: ten thousand are not parsed again at each look-up. */
    ListedSecrets listed(Duration patience) {
        return listed(cache().await(patience));
    }

    /** The same for who misses one in it: what is left of an earlier process is waited out. */
    ListedSecrets listedNow(Duration patience) {
        return listed(cache().awaitOwn(patience));
    }

    private synchronized ListedSecrets listed(Listing listing) {
        if (listed == null || !listed.isOf(listing)) {
            listed = new ListedSecrets(listing, new Discovery(source.kind(), source.filter()), owner);
        }
        return listed;
    }

    /**
     * Makes ready what an earlier process knew, without asking anybody. Where it knew nothing, a listing begins, if
     * somebody configured the source.
     */
    void prepare() {
        if (file.isThere()) {
            listed(cache().known());
        } else if (source.configured()) {
            cache().current();
        }
    }

    /** What is known of a secret. Opens nothing and asks nobody. */
    Optional<SecretMetadata> known(String name) {
        Optional<Listing> known;
        synchronized (this) {
            known = Optional.ofNullable(cache).map(MetadataCache::known);
        }
        return known.flatMap(listing -> listed(listing).secret(name));
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
            LOGGER.warning(() -> "The metadata of source " + source.id() + " could not be stored for the next start: "
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

    /** What of it was opened so far. */
    synchronized Optional<RetiringSource> opened() {
        return Optional.ofNullable(opened);
    }

    /** Closes it when nobody needs it any more, which may be now. */
    void retire() {
        Optional<RetiringSource> retiring;
        synchronized (this) {
            closed = true;
            retiring = opened();
        }
        retiring.ifPresent(RetiringSource::close);
    }
}
