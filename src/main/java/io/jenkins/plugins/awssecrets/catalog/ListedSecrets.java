package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/** One listing of a source, made once for all look-ups in it. */
final class ListedSecrets implements Part {
    private static final Logger LOGGER = Logger.getLogger(ListedSecrets.class.getName());

    private final Listing listing;
    private final Map<String, CatalogEntry> credentials = new LinkedHashMap<>();

    /** The same, as a form asks for those of its kind, of which there may be few among many. */
    private final Map<CredentialKind, List<CatalogEntry>> ofKind = new HashMap<>();

    /** Under ids that are accepted and not shown. */
    private final Map<String, CatalogEntry> alsoNamed = new HashMap<>();

    private final Map<String, SecretMetadata> secrets = new HashMap<>();

    ListedSecrets(Listing listing, Discovery discovery, ItemGroup<?> owner) {
        this.listing = listing;
        for (SecretMetadata secret : listing.secrets()) {
            secrets.putIfAbsent(secret.name(), secret);
            try {
                discovery.definition(secret).ifPresent(definition -> {
                    credentials.putIfAbsent(definition.id(), entry(definition, secret, owner));
                    discovery
                            .otherId(secret)
                            .ifPresent(id -> alsoNamed.putIfAbsent(id, entry(definition.withId(id), secret, owner)));
                });
            } catch (SecretException e) {
                LOGGER.warning(e.getMessage());
            }
        }
        credentials.values().forEach(entry -> ofKind.computeIfAbsent(
                        entry.definition().kind(), kind -> new ArrayList<>())
                .add(entry));
    }

    private CatalogEntry entry(CredentialDefinition definition, SecretMetadata secret, ItemGroup<?> owner) {
        List<String> folders = Discovery.folders(secret);
        // Beside being seen there alone: an object that somebody got hold of is worth no more elsewhere.
        AllowList allow = folders.isEmpty()
                ? AllowList.NONE
                : new AllowList(List.of(RuleParser.forCredential(
                        folders.stream().map(name -> name + "/**").toList(), List.of(), Optional.empty())));
        return new CatalogEntry(
                definition, owner, false, allow, Optional.of(secret), listing.asOf(), listing.problem());
    }

    /** Whether it is made of that very listing. */
    boolean isOf(Listing other) {
        return listing == other;
    }

    @Override
    public boolean isEmpty() {
        return credentials.isEmpty();
    }

    @Override
    public Optional<CatalogEntry> shown(String id) {
        return Optional.ofNullable(credentials.get(id));
    }

    @Override
    public Collection<CatalogEntry> of(Set<CredentialKind> kinds) {
        if (kinds.containsAll(ofKind.keySet())) {
            return Collections.unmodifiableCollection(credentials.values());
        }
        List<CatalogEntry> some = new ArrayList<>();
        kinds.forEach(kind -> some.addAll(ofKind.getOrDefault(kind, List.of())));
        return some;
    }

    /** By the id that is shown, or another one that is accepted. */
    Optional<CatalogEntry> credential(String id) {
        return shown(id).or(() -> Optional.ofNullable(alsoNamed.get(id)));
    }

    Optional<SecretMetadata> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}
