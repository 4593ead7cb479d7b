package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A password for a database of RDS, signed with the keys of a source's login. */
public final class RdsTokenConfiguration extends MintedConfiguration {
    private String region;

    @DataBoundConstructor
    public RdsTokenConfiguration(String source) {
        super(source);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    @Override
    String[] others() {
        return new String[] {"region", region};
    }

    @Extension
    @Symbol("rdsToken")
    public static final class DescriptorImpl extends Descriptor<MintedConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.RdsTokenConfiguration_DisplayName();
        }
    }
}
