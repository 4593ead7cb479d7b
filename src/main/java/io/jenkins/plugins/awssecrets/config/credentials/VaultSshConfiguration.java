package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A key pair that is made for a block and signed by Vault. */
public final class VaultSshConfiguration extends MintedConfiguration {
    private final String role;
    private String mount;
    private String ttl;

    @DataBoundConstructor
    public VaultSshConfiguration(String source, String role) {
        super(source);
        this.role = Util.fixEmptyAndTrim(role);
    }

    public String getRole() {
        return role;
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
        return new String[] {"role", role, "mount", mount, "ttl", ttl};
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
