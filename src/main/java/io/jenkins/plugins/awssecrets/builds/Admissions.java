package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.access.Rulebook;
import io.jenkins.plugins.awssecrets.access.RulesAtStart;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a build is allowed: what the rules of when it began allow, what those of now allow, and what it was allowed before.
 * Of a credential that is what it read then: one that reads something else meanwhile is decided about anew.
 */
final class Admissions {
    private final Run<?, ?> run;
    private final Set<String> allowed;
    private final Supplier<RulesAtStart> start;

    /** Of these, what is not written yet. */
    private final Set<String> added = new LinkedHashSet<>();

    /**
     * @param before what it was allowed before a restart
     * @param start the rules of when it began; asked for only where those of now refuse something
     */
    Admissions(Run<?, ?> run, Collection<String> before, Supplier<RulesAtStart> start) {
        this.run = run;
        this.start = start;
        this.allowed = new LinkedHashSet<>(before);
    }

    Decision to(CatalogEntry entry) {
        return decide(
                "credential " + entry.owner().getFullName() + ":"
                        + entry.definition().id() + " "
                        + names(entry.definition().references()),
                rules -> SecretAccess.to(entry, Requesters.of(run), rules));
    }

    Decision to(CatalogView view, Reference reference) {
        return decide(
                "reference " + view.placeOf(reference.source()) + ":" + reference.locator(),
                rules -> SecretAccess.direct(view, reference, Requesters.of(run), rules));
    }

    /** Whether some rule, of now or of when the build began, lets builds name secrets of a source. */
    boolean someReferences(CatalogView view, String source) {
        return Stream.<Supplier<Rulebook>>of(() -> Rulebook.NOW, start::get)
                .flatMap(rules -> rules.get().of(source, view).stream())
                .anyMatch(allow -> !allow.isEmpty());
    }

    /** What to write, to be kept over a restart; each is told once. */
    synchronized Set<String> added() {
        Set<String> told = Set.copyOf(added);
        added.clear();
        return told;
    }

    private Decision decide(String what, Function<Rulebook, Decision> by) {
        synchronized (this) {
            if (allowed.contains(what)) {
                return Decision.allowed("it was allowed to this build before");
            }
        }
        Decision decision = by.apply(Rulebook.NOW);
        if (!decision.allows()) {
            Decision then = by.apply(start.get());
            decision = then.allows() ? Decision.allowed(then.reason() + ", when the build began") : decision;
        }
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
