package io.jenkins.plugins.awssecrets.config.forms;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.AccessControlled;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponses;

/**
 * The place of a form, whose caller may configure it. All that serves a form takes one of these and there is no other
 * way to get one, so that nothing acts for another place than the one that was authorised.
 *
 * <p>Jenkins as a whole is for those who may administer it, as sources hold its logins; a folder for those who may
 * configure it and manage the domains of its credentials, which is what the credentials plugin asks of those who decide
 * where credentials come from.
 */
public final class FormPlace {
    private final ItemGroup<?> group;

    private FormPlace(ItemGroup<?> group) {
        this.group = group;
    }

    /**
     * Lets only those through who may configure.
     *
     * @param item the item in whose form or below whose URL a method was called; {@code null} for Jenkins itself. Not
     *     found for one that is no folder: it has no such form, and its parent was not authorised
     */
    public static FormPlace authorized(@CheckForNull Item item) {
        AccessControlled guarded = item == null ? Jenkins.get() : item;
        if (item == null) {
            guarded.checkPermission(Jenkins.ADMINISTER);
            return new FormPlace(Jenkins.get());
        }
        guarded.checkPermission(Item.CONFIGURE);
        guarded.checkPermission(CredentialsProvider.MANAGE_DOMAINS);
        if (item instanceof AbstractFolder<?> folder) {
            return new FormPlace(folder);
        }
        throw HttpResponses.notFound();
    }

    /** Whether the reader may configure a place, for a form that is also shown to those who may not. */
    public static boolean isOpen(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.CONFIGURE) && item.hasPermission(CredentialsProvider.MANAGE_DOMAINS);
    }

    /** Jenkins itself, or the folder. */
    public ItemGroup<?> group() {
        return group;
    }

    public boolean isJenkins() {
        return group instanceof Jenkins;
    }

    /** What is seen from there. */
    public CatalogView view() {
        return Catalog.get().in(group);
    }

    /** What the place's own sources and credentials are added to; of Jenkins itself, what it has. */
    public CatalogView above() {
        return Catalog.get().in(group instanceof Item item ? item.getParent() : group);
    }
}
