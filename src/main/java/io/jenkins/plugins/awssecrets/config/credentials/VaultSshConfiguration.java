package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A key pair that is made for a block and signed by Vault. */
public final class VaultSshConfiguration extends VaultMintConfiguration {
    @DataBoundConstructor
    public VaultSshConfiguration(String source, String role) {
        super(source, role);
    }

    @Override
    String[] others() {
        return new String[] {"role", getRole(), "mount", getMount(), "ttl", getTtl()};
    }

    @Extension
    @Symbol("vaultSsh")
    public static final class DescriptorImpl extends Descriptor<MintedConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.VaultSshConfiguration_DisplayName();
        }
    }
}
