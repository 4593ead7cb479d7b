package io.jenkins.plugins.awssecrets.step;

import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.Collection;
import java.util.List;

/**
 * A binding as log and audit name it.
 *
 * @param name the credential's id, or the variable of a single value
 * @param kind the binding's symbol
 * @param references what it reads; none where all of it is literal
 * @param view of the place where the references mean what they say
 */
record Use(String name, String kind, List<Reference> references, CatalogView view) {
    Use(String name, String kind, Collection<Reference> references, CatalogView view) {
        this(name, kind, List.copyOf(references), view);
    }
}
