package io.jenkins.plugins.awssecrets.config;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;

/** How to log in to Vault. */
public abstract class VaultAuth extends AbstractDescribableImpl<VaultAuth> {
    protected abstract VaultLogin login();

    /** The descriptor of a login method. */
    public abstract static class VaultAuthDescriptor extends Descriptor<VaultAuth> {}
}
