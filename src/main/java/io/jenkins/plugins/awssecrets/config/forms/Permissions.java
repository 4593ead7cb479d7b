package io.jenkins.plugins.awssecrets.config.forms;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.AccessControlled;
import jenkins.model.Jenkins;

/**
 * Who may configure sources and credentials, and call what serves the forms: for Jenkins as a whole who may administer
 * it, as sources hold its logins; in a folder who may configure it and manage the domains of its credentials, which is
 * what the credentials plugin asks of those who decide where credentials come from.
 */
public final class Permissions {
    private Permissions() {}

    /**
     * Lets only those through who may configure.
     *
     * @param place the folder (or an item in one) whose form it is; {@code null} for that of Jenkins itself
     */
    public static void checkConfigure(Item place) {
        AccessControlled guarded = place == null ? Jenkins.get() : place;
        if (place == null) {
            guarded.checkPermission(Jenkins.ADMINISTER);
        } else {
            guarded.checkPermission(Item.CONFIGURE);
            guarded.checkPermission(CredentialsProvider.MANAGE_DOMAINS);
        }
    }

    public static boolean mayConfigure(Item place) {
        return place == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : place.hasPermission(Item.CONFIGURE) && place.hasPermission(CredentialsProvider.MANAGE_DOMAINS);
    }

    /** The place whose configuration the form is for. */
    public static ItemGroup<?> group(Item place) {
        if (place == null) {
            return Jenkins.get();
        }
        return place instanceof ItemGroup<?> group ? group : place.getParent();
    }
}
