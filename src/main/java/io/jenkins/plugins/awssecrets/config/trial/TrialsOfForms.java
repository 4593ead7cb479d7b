package io.jenkins.plugins.awssecrets.config.trial;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.FormTrials;
import org.kohsuke.stapler.StaplerRequest2;

/** Binds the form of a request and tries the part of it that a button belongs to. */
@Extension
public final class TrialsOfForms implements FormTrials {
    @Override
    public FormValidation source(StaplerRequest2 request, FormPlace place, String json, int index) {
        return new Trial(place, () -> TypedForm.of(request, json)).source(index);
    }

    @Override
    public FormValidation credential(StaplerRequest2 request, FormPlace place, String json, int index) {
        return new Trial(place, () -> TypedForm.of(request, json)).credential(index);
    }
}
