package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** Whether secrets with the tags of a credential become credentials. */
public final class DiscoveryConfiguration extends AbstractDescribableImpl<DiscoveryConfiguration> {
    private final boolean enabled;

    @DataBoundConstructor
    public DiscoveryConfiguration(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isEnabled() {
        return enabled;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DiscoveryConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.DiscoveryConfiguration_DisplayName();
        }
    }
}
