package io.jenkins.plugins.awssecrets.config.forms;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.util.FormValidation;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What the buttons <i>Test connection</i> and <i>Test credential</i> start. Sources and credentials show the buttons and are what
 * is tried, so the trial itself stands above them and is found as an extension.
 */
public interface FormTrials extends ExtensionPoint {
    static FormTrials get() {
        return ExtensionList.lookupFirst(FormTrials.class);
    }

    /**
     * Tries a source.
     *
     * @param json the whole form as it is typed
     * @param index which of the form's sources is tried, counted from 0
     */
    FormValidation source(StaplerRequest2 request, FormPlace place, String json, int index);

    /** Tries a credential, likewise. */
    FormValidation credential(StaplerRequest2 request, FormPlace place, String json, int index);
}
