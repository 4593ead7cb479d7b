package io.jenkins.plugins.awssecrets.access;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
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
        return to(held, who, Rulebook.NOW);
    }

    /** The same by rules of another time. What was removed meanwhile, or is seen from elsewhere, is refused all the same. */
    public static Decision to(CatalogEntry held, Requester who, Rulebook rulebook) {
        CatalogView view = Catalog.get().in(held.owner());
        if (held.isReference()) {
            return direct(view, held.definition().references().iterator().next(), who, rulebook);
        }
        Optional<CatalogEntry> declared = view.declared(held.definition().id()).filter(now -> isOf(held.owner(), now));
        if (declared.isEmpty() && !held.discovered()) {
            return new CredentialRules(held.definition().id(), held.allow()).elsewhere();
        }
        return decide(declared.map(held::ruledAs).orElse(held), view, who, rulebook);
    }

    /** By its name: a folder that was read from disk again is another object. */
    private static boolean isOf(ItemGroup<?> place, CatalogEntry entry) {
        return entry.owner().getFullName().equals(place.getFullName());
    }

    private static Decision decide(CatalogEntry entry, CatalogView view, Requester who, Rulebook rulebook) {
        Optional<AllowList> allow = rulebook.of(entry, view);
        CredentialRules rules = new CredentialRules(entry.definition().id(), allow.orElse(AllowList.NONE));
        boolean jenkins = entry.owner() instanceof Jenkins;
        if (entry.system() && !who.job().isEmpty()) {
            return rules.system();
        }
        if (allow.isEmpty() || !jenkins && !who.isIn(entry.owner().getFullName())) {
            return rules.elsewhere();
        }
        Decision own = rules.decide(who);
        return own.allows() && !jenkins && !entry.discovered() ? fromAbove(entry, view, who, own, rulebook) : own;
    }

    /** What a folder's credential takes from sources above the folder is for the sources' rules to decide. */
    private static Decision fromAbove(
            CatalogEntry entry, CatalogView view, Requester who, Decision own, Rulebook rulebook) {
        ItemGroup<?> folder = entry.owner();
        for (Reference reference : entry.definition().references()) {
            if (!view.placeOf(reference.source()).equals(folder.getFullName())) {
                SourceRules rules = rules(view, reference, rulebook);
                boolean lent = rules.place().isEmpty() && rulebook.lent(rules.id(), folder);
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
        return direct(view, reference, who, Rulebook.NOW);
    }

    /** The same by rules of another time. What credentials keep for themselves now is kept from them as well. */
    public static Decision direct(CatalogView view, Reference reference, Requester who, Rulebook rulebook) {
        return rules(view, reference, rulebook).direct(reference, who);
    }

    private static SourceRules rules(CatalogView view, Reference reference, Rulebook rulebook) {
        String id = reference.source();
        SourceKind kind = view.kinds().get(id);
        if (kind == null) {
            throw new SecretException(
                    Problem.MALFORMED, "source " + id, "it is not configured any more", "configure it again");
        }
        return new SourceRules(
                id,
                kind,
                view.placeOf(id),
                rulebook.of(id, view).orElse(AllowList.NONE),
                Catalog.get().reserved());
    }
}
