package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** One listing of a source, made once for all look-ups in it. */
final class ListedSecrets {
    private static final Logger LOGGER = Logger.getLogger(ListedSecrets.class.getName());

    private final Listing listing;
    private final Map<String, CatalogEntry> credentials = new LinkedHashMap<>();

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

    /** By the id that is shown. */
    Map<String, CatalogEntry> credentials() {
        return Collections.unmodifiableMap(credentials);
    }

    Optional<CatalogEntry> credential(String id) {
        CatalogEntry shown = credentials.get(id);
        return Optional.ofNullable(shown == null ? alsoNamed.get(id) : shown);
    }

    Optional<SecretMetadata> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}
