package io.jenkins.plugins.awssecrets.access;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceLoans;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.CredentialRules;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import io.jenkins.plugins.awssecrets.engine.rules.SourceRules;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Decides whether somebody may have a value. To be asked each time that one is read. */
public final class SecretAccess {
    private SecretAccess() {}

    /**
     * Whether who asks may use a credential, or what stands in the place of one.
     *
     * @param held as it was found; who asks may have held it while its rules changed
     */
    public static Decision to(CatalogEntry held, Requester who) {
        CatalogView view = Catalog.get().in(held.owner());
        if (held.isReference()) {
            return direct(view, held.definition().references().iterator().next(), who);
        }
        Optional<CatalogEntry> declared = view.declared(held.definition().id()).filter(now -> isOf(held.owner(), now));
        if (declared.isEmpty() && !held.discovered()) {
            return new CredentialRules(held.definition().id(), held.allow()).elsewhere();
        }
        return decide(declared.map(held::ruledAs).orElse(held), who);
    }

    /** By its name: a folder that was read from disk again is another object. */
    private static boolean isOf(ItemGroup<?> place, CatalogEntry entry) {
        return entry.owner().getFullName().equals(place.getFullName());
    }

    private static Decision decide(CatalogEntry entry, Requester who) {
        CredentialRules rules = new CredentialRules(entry.definition().id(), entry.allow());
        boolean jenkins = entry.owner() instanceof Jenkins;
        if (entry.system() && !who.job().isEmpty()) {
            return rules.system();
        }
        if (!jenkins && !who.isIn(entry.owner().getFullName())) {
            return rules.elsewhere();
        }
        Decision own = rules.decide(who);
        return own.allows() && !jenkins && !entry.discovered() ? fromAbove(entry, who, own) : own;
    }

    /** What a folder's credential takes from sources above the folder is for the sources' rules to decide. */
    private static Decision fromAbove(CatalogEntry entry, Requester who, Decision own) {
        ItemGroup<?> folder = entry.owner();
        CatalogView view = Catalog.get().in(folder);
        for (Reference reference : entry.definition().references()) {
            if (!view.placeOf(reference.source()).equals(folder.getFullName())) {
                SourceRules rules = rules(view, reference);
                boolean lent = rules.place().isEmpty() && SourceLoans.lent(rules.id(), folder);
                Decision above = (lent ? rules.lent() : rules)
                        .fromFolder(entry.definition().id(), folder.getFullName(), reference, who);
                if (!above.allows()) {
                    return above;
                }
            }
        }
        return own;
    }

    /**
     * Whether who asks may name a secret themselves.
     *
     * @param view of the place that they are in: it tells which source is meant
     */
    public static Decision direct(CatalogView view, Reference reference, Requester who) {
        return rules(view, reference).direct(reference, who);
    }

    private static SourceRules rules(CatalogView view, Reference reference) {
        String id = reference.source();
        SourceKind kind = view.kinds().get(id);
        if (kind == null) {
            throw new SecretException(
                    Problem.MALFORMED, "source " + id, "it is not configured any more", "configure it again");
        }
        return new SourceRules(
                id, kind, view.placeOf(id), view.allow(id), Catalog.get().reserved());
    }
}
