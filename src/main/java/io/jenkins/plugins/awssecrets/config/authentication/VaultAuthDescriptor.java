package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of a login method. */
public abstract class VaultAuthDescriptor extends Descriptor<VaultAuth> {
    /** What the drop-down of credentials offers, in methods that have one. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item place, @QueryParameter String credentialsId) {
        return credentials(new Choices(FormPlace.authorized(place)), credentialsId);
    }

    ListBoxModel credentials(Choices choices, String chosen) {
        return choices.usernamePasswords(chosen);
    }
}
