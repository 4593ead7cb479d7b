package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a build was given, by the source it is of.
 *
 * @param place full name of the folder whose source it is, since a folder may give an id that Jenkins has too to a
 *     source of its own; empty for Jenkins itself
 */
record Placed(String place, Locator locator) {
    /** What was read in a view, by the place of its sources. */
    static Map<String, Snapshot> byPlace(CatalogView view, Snapshot fetched) {
        Map<String, Snapshot> placed = new LinkedHashMap<>();
        fetched.payloads()
                .forEach((locator, payload) -> placed.merge(
                        view.placeOf(locator.source()), new Snapshot(Map.of(locator, payload)), Snapshot::plus));
        return placed;
    }

    /** The leases among what was read. */
    static Map<Placed, Lease> leased(Map<String, Snapshot> snapshots) {
        Map<Placed, Lease> leased = new LinkedHashMap<>();
        snapshots.forEach((place, snapshot) -> snapshot.payloads().forEach((locator, payload) -> payload.lease()
                .ifPresent(lease -> leased.put(new Placed(place, locator), lease))));
        return leased;
    }

    /** What ends with its last holder: leases, and what is made for one block. */
    static Set<Placed> held(Map<String, Snapshot> snapshots) {
        Set<Placed> held = new LinkedHashSet<>(leased(snapshots).keySet());
        snapshots.forEach((place, snapshot) -> snapshot.payloads().keySet().stream()
                .filter(locator ->
                        Minting.of(locator).filter(Minting::isOfBlock).isPresent())
                .forEach(locator -> held.add(new Placed(place, locator))));
        return held;
    }
}
