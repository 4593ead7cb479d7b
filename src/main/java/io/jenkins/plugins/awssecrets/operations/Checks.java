package io.jenkins.plugins.awssecrets.operations;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.listeners.ItemListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;

/** Checks places in the background, four at once, each once at a time, and keeps what was found last. */
@Extension
public final class Checks {
    /** The system property that sets how many seconds the check of one place takes at most; 60 when it is not set. */
    static final String SECONDS = Checks.class.getName() + ".seconds";

    private static final Logger LOGGER = Logger.getLogger(Checks.class.getName());
    private static final int AT_ONCE = 4;

    private final Map<String, CheckRun> runs = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "aws-secrets-check"));

    public Checks() {
        executor.allowCoreThreadTimeOut(true);
    }

    static Checks get() {
        return ExtensionList.lookupSingleton(Checks.class);
    }

    CheckRun of(ItemGroup<?> place) {
        return runs.getOrDefault(place.getFullName(), CheckRun.NEVER);
    }

    /** Starts a check, unless one is under way. Returns at once. */
    void start(ItemGroup<?> place) {
        AtomicBoolean begins = new AtomicBoolean();
        runs.compute(place.getFullName(), (name, run) -> {
            CheckRun last = run == null ? CheckRun.NEVER : run;
            begins.set(!last.running());
            return last.begun();
        });
        if (begins.get()) {
            executor.execute(() -> runs.put(place.getFullName(), run(place)));
        }
    }

    private static CheckRun run(ItemGroup<?> place) {
        Catalog catalog = Catalog.get();
        try {
            Optional<CatalogView> own = catalog.own(place);
            if (own.isEmpty()) {
                return CheckRun.NEVER;
            }
            // What was fixed in a backend is to be seen at once.
            own.get().expire();
            Deadline deadline = Deadline.in(budget());
            List<Examined> examined = new PlaceExamination(place, catalog, own.get()).run(deadline);
            return CheckRun.found(examined, PlaceAdvice.of(place, catalog, own.get(), deadline), Instant.now());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckRun.failed("the check was interrupted", Instant.now());
        } catch (RuntimeException | Error e) {
            // Only the type: the text of an exception nobody foresaw may hold anything.
            LOGGER.log(Level.WARNING, "The check of {0} ended with an unexpected {1}", new Object[] {
                place.getFullDisplayName(), e.getClass().getName()
            });
            return CheckRun.failed("an unexpected " + e.getClass().getName(), Instant.now());
        }
    }

    /** Of one place; each call of each source ends by then. */
    private static Duration budget() {
        return Duration.ofSeconds(SystemProperties.getInteger(SECONDS, 60));
    }

    /** What was found in a folder that is gone is nothing to whoever makes one of its name. */
    @Extension
    public static final class Forgetting extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            get().runs.remove(item.getFullName());
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            get().runs.remove(oldFullName);
        }
    }
}
