package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A login to a registry of ECR, made by a source's login. */
public final class EcrConfiguration extends MintedConfiguration {
    private final String registry;
    private String endpoint;

    @DataBoundConstructor
    public EcrConfiguration(String source, String registry) {
        super(source);
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    public String getRegistry() {
        return registry;
    }

    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    @Override
    String[] others() {
        return new String[] {"registry", registry, "endpoint", endpoint};
    }

    @Extension
    @Symbol("ecr")
    public static final class DescriptorImpl extends Descriptor<MintedConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.EcrConfiguration_DisplayName();
        }
    }
}
