package io.jenkins.plugins.awssecrets.builds;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who in a build needs a leased secret: blocks, which may share one, or the build as a whole. Not thread-safe. */
final class Holders {
    /** Holds until the build ends. */
    static final String BUILD = "build";

    private final Map<Placed, Set<String>> bySecret = new LinkedHashMap<>();

    /** @return whether that was not known */
    boolean hold(String holder, Set<Placed> secrets) {
        boolean changed = false;
        for (Placed secret : secrets) {
            changed |=
                    bySecret.computeIfAbsent(secret, s -> new LinkedHashSet<>()).add(holder);
        }
        return changed;
    }

    /** @return what nobody holds any more */
    Set<Placed> release(String holder) {
        Set<Placed> free = new LinkedHashSet<>();
        bySecret.forEach((secret, holders) -> {
            if (holders.remove(holder) && holders.isEmpty()) {
                free.add(secret);
            }
        });
        bySecret.keySet().removeAll(free);
        return free;
    }

    boolean holds(String holder) {
        return bySecret.values().stream().anyMatch(holders -> holders.contains(holder));
    }
}
