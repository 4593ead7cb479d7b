package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.ReadPath;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lists whole KV v2 mounts: those of the filter and of the names asked about. A mount that may not be listed as a whole
 * is listed below the filter's path and the names' folders.
 */
final class VaultInspection {
    private final SourceFilter filter;
    private final Mounts mounts;
    private final KvListing listing;

    VaultInspection(SourceFilter filter, Mounts mounts, KvListing listing) {
        this.filter = filter;
        this.mounts = mounts;
        this.listing = listing;
    }

    Inventory run(Collection<String> about, Deadline deadline) {
        Map<String, ReadPath> paths = new LinkedHashMap<>();
        Map<String, Set<String>> foldersByMount = new LinkedHashMap<>();
        Optional<SecretException> problem = Optional.empty();
        Map<String, Item> items = new LinkedHashMap<>();
        try {
            for (String name : about) {
                Mount mount = mounts.of(name, deadline);
                paths.put(name, readPath(mount, name));
                addFolder(foldersByMount, mount, name.substring(0, name.lastIndexOf('/') + 1));
            }
            if (filter.prefix().filter(p -> !p.isBlank()).isPresent()) {
                String root = filter.prefix().get().replaceAll("^/+|/+$", "") + "/";
                addFolder(foldersByMount, mounts.of(root, deadline), root);
            }
            for (Map.Entry<String, Set<String>> mount : foldersByMount.entrySet()) {
                problem =
                        list(mount.getKey(), mount.getValue(), items, deadline).or(orEarlier(problem));
            }
        } catch (SecretException e) {
            problem = Optional.of(e);
        }
        return new Inventory(List.copyOf(items.values()), true, paths, Optional.empty(), problem);
    }

    private static Supplier<Optional<SecretException>> orEarlier(Optional<SecretException> earlier) {
        return () -> earlier;
    }

    private static void addFolder(Map<String, Set<String>> folders, Mount mount, String folder) {
        if (mount.engine() == Engine.KV2 || mount.engine() == Engine.UNKNOWN) {
            folders.computeIfAbsent(mount.path(), m -> new LinkedHashSet<>()).add(folder);
        }
    }

    private Optional<SecretException> list(
            String mount, Set<String> folders, Map<String, Item> items, Deadline deadline) {
        Optional<SecretException> whole = add(mount, items, deadline);
        if (whole.isEmpty()) {
            return whole;
        }
        folders.forEach(folder -> add(folder, items, deadline));
        return whole;
    }

    private Optional<SecretException> add(String folder, Map<String, Item> items, Deadline deadline) {
        try {
            listing.below(folder).list(deadline).forEach(secret -> items.putIfAbsent(secret.name(), Item.of(secret)));
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(e);
        }
    }

    private static ReadPath readPath(Mount mount, String name) {
        return switch (mount.engine()) {
            case KV2, UNKNOWN ->
                new ReadPath(mount.dataPath(name), mount.metadataPath(name), false, mount.engine() == Engine.KV2);
            case KV1 -> new ReadPath(name, "", false, true);
            case OTHER -> new ReadPath(name, "", true, true);
        };
    }
}
