package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy.Rule;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.ReadPath;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultMint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the least Vault policy of what a configuration uses. */
public final class VaultPolicies {
    private VaultPolicies() {}

    public static VaultPolicy of(VaultUse use) {
        Map<String, Set<String>> rules = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (String name : new TreeSet<>(use.names())) {
            Optional<Minting> made = Minting.of(new Locator(use.id(), name, Optional.empty()));
            if (made.isPresent()) {
                grant(rules, VaultMint.path(made.get()), "update");
                VaultMint.revokePath(made.get()).ifPresent(path -> grant(rules, path, "update"));
                continue;
            }
            ReadPath path = use.inventory().readPaths().getOrDefault(name, new ReadPath(name, "", false, false));
            grant(rules, path.path(), "read");
            if (!path.sure()) {
                grant(rules, name, "read");
                notes.add("Vault does not say which engine is mounted at " + name
                        + ", so the policy has the paths of KV v2 and of other engines. Remove the wrong one");
            }
            if (path.leased()) {
                // Renewing is in the policy default, revoking is not.
                grant(rules, "sys/leases/revoke", "update");
            }
        }
        use.folder().ifPresent(folder -> {
            ReadPath path = use.inventory().readPaths().getOrDefault(folder, new ReadPath(folder, "", false, false));
            if (path.metadata().isEmpty()) {
                notes.add(folder + " is not known to be in a KV v2 mount, and only those can be searched");
            } else {
                grant(rules, path.path() + "*", "read");
                grant(rules, path.metadata() + "*", "list");
                grant(rules, path.metadata() + "*", "read");
            }
        });
        return new VaultPolicy(
                use.id(),
                rules.entrySet().stream()
                        .map(rule -> new Rule(rule.getKey(), List.copyOf(rule.getValue())))
                        .toList(),
                notes);
    }

    private static void grant(Map<String, Set<String>> rules, String path, String capability) {
        rules.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(capability);
    }
}
