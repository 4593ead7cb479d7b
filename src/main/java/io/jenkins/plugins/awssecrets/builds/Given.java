package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a build was given so far.
 *
 * @param byPlace by the full name of the folder whose source it is, since a folder may give an id that Jenkins has too to
 *     a source of its own; empty text for Jenkins itself
 */
record Given(Map<String, Snapshot> byPlace) {
    static final Given NOTHING = new Given(Map.of());

    Given {
        byPlace = Collections.unmodifiableMap(new LinkedHashMap<>(byPlace));
    }

    /** What was read in a view. */
    static Given in(CatalogView view, Snapshot fetched) {
        Map<String, Snapshot> placed = new LinkedHashMap<>();
        fetched.payloads()
                .forEach((locator, payload) -> placed.merge(
                        view.placeOf(locator.source()), new Snapshot(Map.of(locator, payload)), Snapshot::plus));
        return new Given(placed);
    }

    /** Whether it has a secret, as it is to be used now: what was made for a build ends, and is made anew. */
    boolean has(CatalogView view, Locator locator) {
        SecretPayload payload = byPlace.getOrDefault(view.placeOf(locator.source()), Snapshot.EMPTY)
                .payloads()
                .get(locator);
        return payload != null
                && Minting.of(locator)
                        .map(made -> made.isFresh(payload, Instant.now()))
                        .orElse(true);
    }

    /** With more, which takes the place of what it has of the same name. */
    Given plus(Given fetched) {
        Map<String, Snapshot> all = new LinkedHashMap<>(byPlace);
        fetched.byPlace.forEach((place, snapshot) -> all.merge(place, snapshot, (before, added) -> added.plus(before)));
        return new Given(all);
    }

    Given without(Set<Placed> secrets) {
        Map<String, Snapshot> rest = new LinkedHashMap<>(byPlace);
        secrets.forEach(secret ->
                rest.computeIfPresent(secret.place(), (place, snapshot) -> snapshot.without(Set.of(secret.locator()))));
        return new Given(rest);
    }

    /** What references name that it has. */
    Snapshot seenFrom(CatalogView view, Collection<Reference> references) {
        Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
        for (Reference reference : references) {
            Locator locator = reference.locator();
            payloads.put(
                    locator,
                    byPlace.get(view.placeOf(locator.source())).payloads().get(locator));
        }
        return new Snapshot(payloads);
    }

    Map<Placed, Lease> leased() {
        Map<Placed, Lease> leased = new LinkedHashMap<>();
        byPlace.forEach((place, snapshot) -> snapshot.payloads().forEach((locator, payload) -> payload.lease()
                .ifPresent(lease -> leased.put(new Placed(place, locator), lease))));
        return leased;
    }

    /** What ends with its last holder: leases, and what is made for one block. */
    Set<Placed> held() {
        Set<Placed> held = new LinkedHashSet<>(leased().keySet());
        byPlace.forEach((place, snapshot) -> snapshot.payloads().keySet().stream()
                .filter(locator ->
                        Minting.of(locator).filter(Minting::isOfBlock).isPresent())
                .forEach(locator -> held.add(new Placed(place, locator))));
        return held;
    }
}
