package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a configuration uses a Vault.
 *
 * @param names what references name
 * @param discovery whether credentials are looked for by their custom metadata
 * @param inventory of these names and of {@link #folder()}, for the engines' paths
 */
public record VaultUse(String id, SourceFilter filter, Set<String> names, boolean discovery, Inventory inventory) {
    public VaultUse {
        names = Set.copyOf(names);
    }

    /** The folder that is searched, with a slash at its end. */
    Optional<String> folder() {
        return folder(filter, discovery);
    }

    /** What an inventory must be asked about, so that a policy can be made of it. */
    public static Set<String> toAskAbout(Set<String> names, SourceFilter filter, boolean discovery) {
        Set<String> all = new TreeSet<>(names);
        all.removeIf(Minting::isName);
        folder(filter, discovery).ifPresent(all::add);
        return all;
    }

    private static Optional<String> folder(SourceFilter filter, boolean discovery) {
        return filter.prefix()
                .map(prefix -> prefix.replaceAll("^/+|/+$", ""))
                .filter(prefix -> discovery && !prefix.isEmpty())
                .map(prefix -> prefix + "/");
    }
}
