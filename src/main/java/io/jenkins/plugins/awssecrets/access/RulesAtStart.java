package io.jenkins.plugins.awssecrets.access;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.PlaceRules;
import io.jenkins.plugins.awssecrets.catalog.PlaceRules.OfCredential;
import io.jenkins.plugins.awssecrets.catalog.PlaceRules.OfSource;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The rules as they were when a build began, of the places that its job saw. They say nothing of a credential that reads
 * something else now, nor of a source that leads elsewhere: what was allowed then was another secret.
 *
 * @param places the nearest first; those that are missing had none
 */
public record RulesAtStart(List<PlaceRules> places) implements Rulebook {
    /** Where it is not known what they were. */
    public static final RulesAtStart UNKNOWN = new RulesAtStart(List.of());

    public RulesAtStart {
        places = List.copyOf(places);
    }

    /** Those of a build that begins now, in a place that sees this. */
    public static RulesAtStart of(CatalogView view) {
        return new RulesAtStart(view.rules());
    }

    @Override
    public Optional<AllowList> of(CatalogEntry credential, CatalogView view) {
        Collection<Reference> references = credential.definition().references();
        return place(places, credential.owner().getFullName())
                .map(place -> place.credentials().get(credential.definition().id()))
                .filter(then -> then.reads(references))
                .filter(then -> references.stream()
                        .allMatch(reference -> source(reference.source(), view).isPresent()))
                .map(OfCredential::rules);
    }

    @Override
    public Optional<AllowList> of(String source, CatalogView view) {
        return source(source, view).map(OfSource::rules);
    }

    @Override
    public boolean lent(String source, ItemGroup<?> folder) {
        return place(places, folder.getFullName())
                .filter(place -> place.lent().contains(source))
                .isPresent();
    }

    private Optional<OfSource> source(String id, CatalogView view) {
        String declaredBy = view.placeOf(id);
        Optional<OfSource> now =
                place(view.rules(), declaredBy).map(place -> place.sources().get(id));
        return place(places, declaredBy)
                .map(place -> place.sources().get(id))
                .filter(then -> now.filter(then::leadsWhere).isPresent());
    }

    private static Optional<PlaceRules> place(List<PlaceRules> places, String name) {
        return places.stream().filter(place -> place.place().equals(name)).findFirst();
    }
}
