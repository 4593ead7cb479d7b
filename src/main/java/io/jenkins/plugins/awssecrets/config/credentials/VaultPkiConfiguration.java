package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A certificate with its key that Vault makes for a block. */
public final class VaultPkiConfiguration extends VaultMintConfiguration {
    private final String commonName;

    @DataBoundConstructor
    public VaultPkiConfiguration(String source, String role, String commonName) {
        super(source, role);
        this.commonName = Util.fixEmptyAndTrim(commonName);
    }

    /** May hold {@code ${folder}} and {@code ${job}}. */
    public String getCommonName() {
        return commonName;
    }

    @Override
    String[] others() {
        return new String[] {"role", getRole(), "commonName", commonName, "mount", getMount(), "ttl", getTtl()};
    }

    @Extension
    @Symbol("vaultPki")
    public static final class DescriptorImpl extends Descriptor<MintedConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.VaultPkiConfiguration_DisplayName();
        }
    }
}
