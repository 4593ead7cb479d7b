package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A login method below {@code auth/} that may use a credential that Jenkins keeps. */
public abstract class StoredAuth extends MountedAuth {
    private String credentialsId;

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }
}
