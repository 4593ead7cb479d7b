package io.jenkins.plugins.awssecrets.config.sources;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.FormTrials;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The descriptor of a kind of source. */
public abstract class SourceDescriptor extends Descriptor<SourceConfiguration> {
    private final transient SourceKind kind;

    protected SourceDescriptor(SourceKind kind) {
        this.kind = kind;
    }

    SourceKind kind() {
        return kind;
    }

    /** For the form. */
    public String getKindSymbol() {
        return kind.symbol();
    }

    /** For the form: the id of a source that is given none. */
    public String getDefaultId() {
        return kind.defaultId();
    }

    /**
     * Tries a source as it is typed: can it be reached, does the login work, which permission is missing.
     *
     * @param json the whole form
     * @param index which of the form's sources is meant, counted from 0
     */
    @POST
    public FormValidation doTestConnection(
            StaplerRequest2 request,
            @AncestorInPath Item place,
            @QueryParameter String json,
            @QueryParameter int index) {
        return FormTrials.get().source(request, FormPlace.authorized(place), json, index);
    }

    @POST
    public FormValidation doCheckId(@AncestorInPath Item place, @QueryParameter String value) {
        return FieldCheck.of(place, value, SourceConfiguration::checkId);
    }
}
