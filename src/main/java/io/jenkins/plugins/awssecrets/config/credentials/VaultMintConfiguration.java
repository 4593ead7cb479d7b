package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** What a role of one of Vault's engines makes for a block. */
public abstract class VaultMintConfiguration extends MintedConfiguration {
    private final String role;
    private String mount;
    private String ttl;

    VaultMintConfiguration(String source, String role) {
        super(source);
        this.role = Util.fixEmptyAndTrim(role);
    }

    public final String getRole() {
        return role;
    }

    public final String getMount() {
        return mount;
    }

    @DataBoundSetter
    public final void setMount(String mount) {
        this.mount = Util.fixEmptyAndTrim(mount);
    }

    public final String getTtl() {
        return ttl;
    }

    @DataBoundSetter
    public final void setTtl(String ttl) {
        this.ttl = Util.fixEmptyAndTrim(ttl);
    }
}
