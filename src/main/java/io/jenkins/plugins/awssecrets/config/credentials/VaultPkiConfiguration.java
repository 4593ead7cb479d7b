package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A certificate with its key that Vault makes for a block. */
public final class VaultPkiConfiguration extends MintedConfiguration {
    private final String role;
    private final String commonName;
    private String mount;
    private String ttl;

    @DataBoundConstructor
    public VaultPkiConfiguration(String source, String role, String commonName) {
        super(source);
        this.role = Util.fixEmptyAndTrim(role);
        this.commonName = Util.fixEmptyAndTrim(commonName);
    }

    public String getRole() {
        return role;
    }

    /** May hold {@code ${folder}} and {@code ${job}}. */
    public String getCommonName() {
        return commonName;
    }

    public String getMount() {
        return mount;
    }

    @DataBoundSetter
    public void setMount(String mount) {
        this.mount = Util.fixEmptyAndTrim(mount);
    }

    public String getTtl() {
        return ttl;
    }

    @DataBoundSetter
    public void setTtl(String ttl) {
        this.ttl = Util.fixEmptyAndTrim(ttl);
    }

    @Override
    String[] others() {
        return new String[] {"role", role, "commonName", commonName, "mount", mount, "ttl", ttl};
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
