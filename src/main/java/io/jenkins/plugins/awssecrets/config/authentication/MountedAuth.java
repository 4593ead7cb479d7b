package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A login method that Vault has below {@code auth/}. */
public abstract class MountedAuth extends VaultAuth {
    private String mount;

    /** The path below {@code auth/}; {@code null} for the method's usual one. */
    public String getMount() {
        return mount;
    }

    @DataBoundSetter
    public void setMount(String mount) {
        this.mount = Util.fixEmptyAndTrim(Util.fixNull(mount).replaceAll("^[\\s/]+|[\\s/]+$", ""));
    }

    String mountOr(String usual) {
        return mount == null ? usual : mount;
    }
}
