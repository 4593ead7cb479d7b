package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is masked in one build's log, and who is told of it: agents that mask what they write themselves.
 *
 * <p>Reading is safe for several threads; additions are made by one at a time, so that who comes second does not use a
 * value before the first has told of it.
 */
final class HiddenValues {
    private static final Logger LOGGER = Logger.getLogger(HiddenValues.class.getName());

    private final Set<SecretValue> values = new LinkedHashSet<>();
    private final List<Predicate<Collection<SecretValue>>> watchers = new CopyOnWriteArrayList<>();
    private final Masker masker = Masker.of(List.of());

    Masker masker() {
        return masker;
    }

    Collection<SecretValue> all() {
        synchronized (values) {
            return List.copyOf(values);
        }
    }

    /** @param watcher says whether it wants to be told again; one that throws is not, unless an abort is why */
    void watch(Predicate<Collection<SecretValue>> watcher) {
        watchers.add(watcher);
        if (!watcher.test(all())) {
            watchers.remove(watcher);
        }
    }

    void forgetWatchers() {
        watchers.clear();
    }

    /**
     * Hides them from now on; returns when all who watch do, too.
     *
     * @return whether one of them was not hidden before
     * @throws InterruptedException when nobody may have been told; who hides them next tells of them again
     */
    boolean add(Collection<SecretValue> more) throws InterruptedException {
        List<SecretValue> added;
        synchronized (values) {
            added = more.stream().distinct().filter(values::add).toList();
        }
        if (added.isEmpty()) {
            return false;
        }
        masker.add(added);
        try {
            for (Predicate<Collection<SecretValue>> watcher : watchers) {
                if (!tell(watcher, added)) {
                    watchers.remove(watcher);
                }
            }
        } catch (InterruptedException e) {
            synchronized (values) {
                added.forEach(values::remove);
            }
            throw e;
        }
        return true;
    }

    /** Whether it is to be told again. */
    private static boolean tell(Predicate<Collection<SecretValue>> watcher, Collection<SecretValue> added)
            throws InterruptedException {
        try {
            return watcher.test(added);
        } catch (RuntimeException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("while the agent was notified what to mask");
            }
            LOGGER.log(Level.FINE, "The agent cannot be notified of further secrets: {0}", e.getClass());
            return false;
        }
    }
}
