package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a build was allowed, which stays allowed until it ends, whatever becomes of the rules. Of a credential that is
 * what it read then: one that reads something else meanwhile is decided about anew.
 */
final class Admissions {
    private final Run<?, ?> run;
    private final Set<String> allowed;

    /** Of these, what is not written yet. */
    private final Set<String> added = new LinkedHashSet<>();

    /** @param before what it was allowed before a restart */
    Admissions(Run<?, ?> run, Collection<String> before) {
        this.run = run;
        this.allowed = new LinkedHashSet<>(before);
    }

    Decision to(CatalogEntry entry) {
        return decide(
                "credential " + entry.owner().getFullName() + ":"
                        + entry.definition().id() + " "
                        + names(entry.definition().references()),
                () -> SecretAccess.to(entry, Requesters.of(run)));
    }

    Decision to(CatalogView view, Reference reference) {
        return decide(
                "reference " + view.placeOf(reference.source()) + ":" + reference.locator(),
                () -> SecretAccess.direct(view, reference, Requesters.of(run)));
    }

    /** What to write, to be kept over a restart; each is told once. */
    synchronized Set<String> added() {
        Set<String> told = Set.copyOf(added);
        added.clear();
        return told;
    }

    private Decision decide(String what, Supplier<Decision> rules) {
        synchronized (this) {
            if (allowed.contains(what)) {
                return Decision.allowed("it was allowed to this build before");
            }
        }
        Decision decision = rules.get();
        if (decision.allows()) {
            synchronized (this) {
                if (allowed.add(what)) {
                    added.add(what);
                }
            }
        }
        return decision;
    }

    private static Set<String> names(Collection<Reference> references) {
        Set<String> names = new TreeSet<>();
        references.forEach(reference -> names.add(reference.locator().toString()));
        return names;
    }
}
