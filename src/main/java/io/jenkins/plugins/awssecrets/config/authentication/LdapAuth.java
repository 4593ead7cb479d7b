package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A user of a directory. */
public final class LdapAuth extends PasswordAuth {
    @DataBoundConstructor
    public LdapAuth() {
        // All of it is set by setters.
    }

    @Override
    public VaultLogin login(String user, SecretValue secret) {
        return new VaultLogin.Ldap(mountOr(VaultLogin.Ldap.MOUNT), user, secret);
    }

    @Extension(ordinal = 30)
    @Symbol("ldap")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.LdapAuth_DisplayName();
        }
    }
}
