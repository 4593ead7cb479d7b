package io.jenkins.plugins.awssecrets.operations;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.placement.Adviser;
import io.jenkins.plugins.awssecrets.engine.placement.Placement;
import io.jenkins.plugins.awssecrets.engine.placement.Prices;
import io.jenkins.plugins.awssecrets.engine.placement.RotationLimits;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import jenkins.util.SystemProperties;

/**
 * Where a place's credentials are kept, what that costs and what should rotate: from the sources' metadata, no value is
 * read.
 *
 * @param secrets what the sources tell of the secrets behind the credentials, those outside of their filters included
 */
record PlaceAdvice(List<Placement> placements, List<SecretMetadata> secrets) {
    /** Of how many days the rotation of a highly sensitive secret may be: the system properties' prefix. */
    static final String LIMITS = "io.jenkins.plugins.awssecrets.rotationDays.";

    /** Blocks on the network. */
    static PlaceAdvice of(ItemGroup<?> place, Catalog catalog, CatalogView own, Deadline deadline) {
        // What is listed by then takes part.
        List<CredentialDefinition> credentials = own.entries(deadline.remaining()).stream()
                .map(CatalogEntry::definition)
                .toList();
        Map<String, Set<String>> names = credentials.stream()
                .flatMap(credential -> credential.references().stream())
                .collect(Collectors.groupingBy(
                        Reference::source, Collectors.mapping(Reference::name, Collectors.toSet())));
        CatalogView view = catalog.in(place);
        Map<String, SourceKind> kinds = new HashMap<>();
        Map<String, CompletableFuture<Inventory>> asked = new HashMap<>();
        names.forEach((id, wanted) -> view.source(id).ifPresent(source -> {
            kinds.put(id, source.kind());
            asked.put(id, CompletableFuture.supplyAsync(() -> inspect(source, wanted, deadline), catalog.executor()));
        }));
        Map<String, Inventory> inventories = new HashMap<>();
        asked.forEach((id, inventory) -> inventories.put(id, inventory.join()));
        // What refers to a source that is not there is a finding, and has no place.
        List<CredentialDefinition> placed = credentials.stream()
                .filter(credential ->
                        credential.references().stream().map(Reference::source).allMatch(kinds::containsKey))
                .toList();
        List<SecretMetadata> secrets = new ArrayList<>();
        names.forEach((id, wanted) -> wanted.forEach(name -> inventories
                .getOrDefault(id, Inventory.NOTHING)
                .find(name)
                .map(Inventory.Item::metadata)
                .ifPresent(secrets::add)));
        return new PlaceAdvice(
                new Adviser(kinds, inventories, Prices.bundled(), limits(), Instant.now()).of(placed), secrets);
    }

    private static Inventory inspect(SecretSource source, Set<String> names, Deadline deadline) {
        return source.inspect(names, deadline);
    }

    private static RotationLimits limits() {
        RotationLimits usual = RotationLimits.DEFAULTS;
        return new RotationLimits(
                SystemProperties.getInteger(LIMITS + "database", usual.database()),
                SystemProperties.getInteger(LIMITS + "certificate", usual.certificate()),
                SystemProperties.getInteger(LIMITS + "token", usual.token()));
    }
}
