package io.jenkins.plugins.awssecrets.cli.policy;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.cli.output.SeveralFailures;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.policy.AwsUse;
import io.jenkins.plugins.awssecrets.engine.policy.BuildRole;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicies;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.VaultBuilds;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicies;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.VaultUse;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The policies of a configuration's sources. What a source can tell of its secrets makes them exact. */
public record NeededPolicies(
        List<IamPolicy> iam, List<VaultPolicy> vault, List<BuildRole> builds, Map<String, VaultBuilds> vaultBuilds) {

    public static NeededPolicies of(Configuration configuration, Deadline deadline) throws InterruptedException {
        Map<String, Set<String>> names = new HashMap<>();
        configuration.credentials().forEach(c -> c.references().forEach(r -> names(names, r)));
        Map<String, SecretException> unusable = new LinkedHashMap<>();
        List<AwsUse> aws = new ArrayList<>();
        List<VaultPolicy> vault = new ArrayList<>();
        try (OpenSources sources = OpenSources.thatOpen(configuration, configuration.inUse(), unusable)) {
            for (SecretSource source : sources.sources().all()) {
                SourceSpec spec = configuration.sources().get(source.id());
                Set<String> wanted = names.getOrDefault(source.id(), Set.of());
                boolean discovery = configuration.discovery();
                Inventory inventory = source.inspect(
                        VaultUse.toAskAbout(
                                spec instanceof SourceSpec.Vault ? wanted : Set.of(), spec.filter(), discovery),
                        deadline);
                if (spec instanceof SourceSpec.Aws configured) {
                    aws.add(new AwsUse(
                            spec.id(),
                            spec.kind(),
                            configured.settings(),
                            spec.filter(),
                            wanted,
                            discovered(source, discovery, deadline),
                            discovery,
                            inventory));
                } else {
                    vault.add(VaultPolicies.of(new VaultUse(spec.id(), spec.filter(), wanted, discovery, inventory)));
                }
            }
        }
        if (!unusable.isEmpty()) {
            throw SeveralFailures.of(List.copyOf(unusable.values()));
        }
        Map<String, VaultBuilds> vaultBuilds = new LinkedHashMap<>();
        configuration.sources().forEach((id, spec) -> {
            if (spec instanceof SourceSpec.Vault configured) {
                configured.builds().ifPresent(builds -> vaultBuilds.put(id, builds));
            }
        });
        return new NeededPolicies(IamPolicies.of(aws), vault, BuildRole.of(aws), vaultBuilds);
    }

    private static void names(Map<String, Set<String>> names, Reference reference) {
        names.computeIfAbsent(reference.source(), s -> new TreeSet<>()).add(reference.name());
    }

    /** Who may not list yet gets a policy that lets them. */
    private static Set<String> discovered(SecretSource source, boolean discovery, Deadline deadline) {
        if (!discovery) {
            return Set.of();
        }
        try {
            return source.list(deadline).stream()
                    .filter(s -> s.tags().containsKey("jenkins:credentials:type"))
                    .map(SecretMetadata::name)
                    .collect(Collectors.toSet());
        } catch (SecretException e) {
            return Set.of();
        }
    }
}
