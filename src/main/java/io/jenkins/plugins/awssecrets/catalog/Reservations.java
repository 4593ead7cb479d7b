package io.jenkins.plugins.awssecrets.catalog;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.ReservedSecrets;
import io.jenkins.plugins.awssecrets.engine.rules.SourceRules;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import jenkins.model.Jenkins;

/** Collects what declared credentials keep from direct references: those of the scope SYSTEM, and those of folders. */
final class Reservations {
    private final Catalog catalog;
    private final ReservedSecrets.Builder taken = new ReservedSecrets.Builder();

    Reservations(Catalog catalog) {
        this.catalog = catalog;
    }

    ReservedSecrets all() {
        // Whoever asks: what somebody must not see is kept from them all the more.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Jenkins jenkins = Jenkins.get();
            addOf(jenkins);
            jenkins.allItems(AbstractFolder.class).forEach(this::addOf);
        }
        return taken.build();
    }

    private void addOf(ItemGroup<?> place) {
        catalog.own(place).ifPresent(own -> {
            CatalogView view = catalog.in(place);
            for (CatalogEntry entry : own.declared()) {
                entry.definition().references().forEach(reference -> add(place, view, entry, reference));
            }
        });
    }

    private void add(ItemGroup<?> place, CatalogView view, CatalogEntry entry, Reference reference) {
        SourceKind kind = view.kinds().get(reference.source());
        if (kind == null) {
            return;
        }
        String folder = place.getFullName();
        String sourcePlace = view.placeOf(reference.source());
        if (folder.isEmpty()) {
            if (entry.system()) {
                taken.system(reference, kind);
            }
        } else if (sourcePlace.equals(folder) || mayTake(view, kind, sourcePlace, place, reference)) {
            taken.folder(sourcePlace, reference, kind, folder);
        }
    }

    /** Else whoever configures a folder could keep secrets from everybody by naming them. */
    private static boolean mayTake(
            CatalogView view, SourceKind kind, String sourcePlace, ItemGroup<?> folder, Reference reference) {
        SourceRules rules = new SourceRules(
                reference.source(), kind, sourcePlace, view.allow(reference.source()), ReservedSecrets.NONE);
        boolean lent = sourcePlace.isEmpty() && SourceLoans.lent(reference.source(), folder);
        return (lent ? rules.lent() : rules).mayTake(folder.getFullName(), reference);
    }
}
