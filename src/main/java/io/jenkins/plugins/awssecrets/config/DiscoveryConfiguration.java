package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** Whether secrets with the tags of a credential become credentials. */
public final class DiscoveryConfiguration extends AbstractDescribableImpl<DiscoveryConfiguration> {
    // Absent in XML that was edited by hand, it is as it is where nothing is configured.
    private final Boolean enabled;

    @DataBoundConstructor
    public DiscoveryConfiguration(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isEnabled() {
        return enabled == null || enabled;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DiscoveryConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.DiscoveryConfiguration_DisplayName();
        }
    }
}
