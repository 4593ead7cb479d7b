package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Temporary keys of a role that a source's login assumes. */
public final class RoleConfiguration extends MintedConfiguration {
    private final String roleArn;
    private String externalId;
    private String durationSeconds;
    private boolean fileOnly;

    @DataBoundConstructor
    public RoleConfiguration(String source, String roleArn) {
        super(source);
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    public String getRoleArn() {
        return roleArn;
    }

    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    public String getDurationSeconds() {
        return durationSeconds;
    }

    @DataBoundSetter
    public void setDurationSeconds(String durationSeconds) {
        this.durationSeconds = Util.fixEmptyAndTrim(durationSeconds);
    }

    /** Whether a block has the keys in a file alone, which is renewed, and not in variables, which are not. */
    public boolean isFileOnly() {
        return fileOnly;
    }

    @DataBoundSetter
    public void setFileOnly(boolean fileOnly) {
        this.fileOnly = fileOnly;
    }

    @Override
    String[] others() {
        return new String[] {
            "roleArn",
            roleArn,
            "externalId",
            externalId,
            "durationSeconds",
            durationSeconds,
            "fileOnly",
            fileOnly ? "true" : null
        };
    }

    @Extension
    @Symbol("role")
    public static final class DescriptorImpl extends Descriptor<MintedConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.RoleConfiguration_DisplayName();
        }
    }
}
