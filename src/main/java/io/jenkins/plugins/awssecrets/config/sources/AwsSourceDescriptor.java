package io.jenkins.plugins.awssecrets.config.sources;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.config.authentication.Choices;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of the AWS sources have in common. */
public abstract class AwsSourceDescriptor extends SourceDescriptor {
    protected AwsSourceDescriptor(SourceKind kind) {
        super(kind);
    }

    @POST
    public ComboBoxModel doFillRegionItems(@AncestorInPath Item place) {
        FormPlace.authorized(place);
        return Choices.regions();
    }

    @POST
    public FormValidation doCheckRegion(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.of(place, value, Malformed::region);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item place, @QueryParameter String credentialsId) {
        return new Choices(FormPlace.authorized(place)).aws(credentialsId);
    }

    @POST
    public FormValidation doCheckEndpoint(@AncestorInPath Item place, @QueryParameter String value) {
        return Addresses.check(place, value, text -> Malformed.address("endpoint", text));
    }

    @POST
    public FormValidation doCheckStsEndpoint(@AncestorInPath Item place, @QueryParameter String value) {
        return Addresses.check(place, value, text -> Malformed.address("stsEndpoint", text));
    }
}
