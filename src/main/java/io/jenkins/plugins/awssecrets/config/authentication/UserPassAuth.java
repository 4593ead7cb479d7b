package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A user of Vault's own. */
public final class UserPassAuth extends PasswordAuth {
    @DataBoundConstructor
    public UserPassAuth() {
        // All of it is set by setters.
    }

    @Override
    public VaultLogin login(String user, SecretValue secret) {
        return new VaultLogin.UserPass(mountOr(VaultLogin.UserPass.MOUNT), user, secret);
    }

    @Extension(ordinal = 40)
    @Symbol("userPass")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.UserPassAuth_DisplayName();
        }
    }
}
