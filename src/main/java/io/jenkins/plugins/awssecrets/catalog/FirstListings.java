package io.jenkins.plugins.awssecrets.catalog;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import jenkins.model.Jenkins;

/**
 * When Jenkins has started, has the lists of secrets ready, in the background: the first page then shows the credentials
 * at once. What the last start knew is read; where it knew nothing, the sources that somebody configured are asked.
 */
@Extension
public final class FirstListings extends ItemListener {
    @Override
    public void onLoaded() {
        Catalog.get().executor().execute(FirstListings::prepare);
    }

    static void prepare() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Catalog catalog = Catalog.get();
            catalog.own(Jenkins.get()).ifPresent(CatalogView::prepare);
            Jenkins.get().allItems(AbstractFolder.class).forEach(folder -> catalog.own(folder)
                    .ifPresent(CatalogView::prepare));
        }
    }
}
