package io.jenkins.plugins.awssecrets.catalog;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.ItemGroup;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import jenkins.model.Jenkins;

/**
 * Has the lists of secrets ready before anybody looks, in the background: the first page then shows the credentials at
 * once. What the last start knew is read; where it knew nothing, the sources that somebody configured are asked. Those of
 * Jenkins itself when its configuration has been applied, while jobs are loaded; those of folders when these are there.
 */
@Extension
public final class FirstListings extends ItemListener {
    /** Configuration as code is applied by then, and with it whatever sources authenticate with. */
    @Initializer(after = InitMilestone.SYSTEM_CONFIG_ADAPTED)
    public static void ofJenkins() {
        Catalog.get().executor().execute(() -> prepare(Jenkins.get()));
    }

    @Override
    public void onLoaded() {
        Catalog.get().executor().execute(FirstListings::prepare);
    }

    static void prepare() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            prepare(Jenkins.get());
            Jenkins.get().allItems(AbstractFolder.class).forEach(FirstListings::prepare);
        }
    }

    private static void prepare(ItemGroup<?> place) {
        Catalog.get().own(place).ifPresent(CatalogView::prepare);
    }
}
