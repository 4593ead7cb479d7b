package io.jenkins.plugins.awssecrets.operations;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examination;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Setup;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Examines what one place declares: its own sources and credentials, and no more of the places above than the sources
 * that its credentials refer to. Blocks on the network.
 */
final class PlaceExamination {
    private final ItemGroup<?> place;
    private final Catalog catalog;
    private final CatalogView own;

    /** @param own what the place itself declares */
    PlaceExamination(ItemGroup<?> place, Catalog catalog, CatalogView own) {
        this.place = place;
        this.catalog = catalog;
        this.own = own;
    }

    List<Examined> run(Deadline deadline) throws InterruptedException {
        List<CredentialDefinition> declared =
                own.declared().stream().map(CatalogEntry::definition).toList();
        Set<String> referred = declared.stream()
                .flatMap(credential -> credential.references().stream())
                .map(Reference::source)
                .collect(Collectors.toSet());
        Set<String> mine = inUse(own.sources(), referred);
        Set<String> all = new HashSet<>(mine);
        all.addAll(referred);

        CatalogView view = catalog.in(place);
        // In the order in which they are configured, as that decides which of two has a credential's id.
        List<SecretSource> sources = view.kinds().keySet().stream()
                .filter(all::contains)
                .flatMap(id -> view.source(id).stream())
                .toList();
        Set<String> listed = own.sources().stream()
                .filter(SourceStatus::discovered)
                .map(SourceStatus::id)
                .filter(mine::contains)
                .collect(Collectors.toSet());
        Set<String> unlisted = all.stream().filter(id -> !listed.contains(id)).collect(Collectors.toSet());
        Setup setup = new Setup(
                view.filters(),
                declared,
                own.discovery() && !listed.isEmpty(),
                unlisted,
                Map.of(),
                OtherProviders.ids(
                        place, catalog.executor(), deadline.remaining().dividedBy(2)));
        Set<String> foreign = all.stream()
                .filter(id -> !mine.contains(id))
                .map(id -> "source " + id)
                .collect(Collectors.toSet());
        // Theirs is told where they are declared.
        return new Examination(new Sources(sources), catalog.executor(), setup)
                .run(deadline).stream()
                        .filter(examined -> !foreign.contains(examined.subject()))
                        .toList();
    }

    /**
     * Configured ones, those that are there by default and that something refers to, and those that show credentials: one
     * that is there by default and was never of use to anybody is nobody's concern.
     */
    static Set<String> inUse(List<SourceStatus> own, Set<String> referred) {
        return own.stream()
                .filter(source -> source.configured()
                        || referred.contains(source.id())
                        || source.discovered() && hasWorked(source))
                .map(SourceStatus::id)
                .collect(Collectors.toSet());
    }

    private static boolean hasWorked(SourceStatus source) {
        return source.listing().flatMap(listing -> listing.asOf()).isPresent();
    }
}
