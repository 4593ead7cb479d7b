package io.jenkins.plugins.awssecrets.access;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceLoans;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import java.util.Optional;

/** What rules say at one time. That a credential and a source are there, and who sees them, is no matter of rules. */
public interface Rulebook {
    /** The rules as they are configured. */
    Rulebook NOW = new Rulebook() {
        @Override
        public Optional<AllowList> of(CatalogEntry credential, CatalogView view) {
            return Optional.of(credential.allow());
        }

        @Override
        public Optional<AllowList> of(String source, CatalogView view) {
            return Optional.of(view.allow(source));
        }

        @Override
        public boolean lent(String source, ItemGroup<?> folder) {
            return SourceLoans.lent(source, folder);
        }
    };

    /**
     * The rules of a credential; empty where none are known for it.
     *
     * @param view of the place that declares it
     */
    Optional<AllowList> of(CatalogEntry credential, CatalogView view);

    /**
     * The rules of a source; empty where none are known for it.
     *
     * @param view of the place where it is meant
     */
    Optional<AllowList> of(String source, CatalogView view);

    /** Whether the credentials of a folder may take all that a source of Jenkins has. */
    boolean lent(String source, ItemGroup<?> folder);
}
