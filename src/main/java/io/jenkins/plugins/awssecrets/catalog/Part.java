package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Credentials of which each id is there once: what a place declares, or what one source lists. */
interface Part {
    boolean isEmpty();

    /** The one of an id, of whatever kind. */
    Optional<CatalogEntry> shown(String id);

    /** Those of some kinds. */
    Collection<CatalogEntry> of(Set<CredentialKind> kinds);

    static Part declared(Map<String, CatalogEntry> byId) {
        return new Part() {
            @Override
            public boolean isEmpty() {
                return byId.isEmpty();
            }

            @Override
            public Optional<CatalogEntry> shown(String id) {
                return Optional.ofNullable(byId.get(id));
            }

            @Override
            public Collection<CatalogEntry> of(Set<CredentialKind> kinds) {
                return byId.values().stream()
                        .filter(entry -> kinds.contains(entry.definition().kind()))
                        .toList();
            }
        };
    }
}
