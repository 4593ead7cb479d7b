package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultEnvironment;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * What Jenkins' own environment has. It is the form's word for no {@code auth} at all, and is never kept by the source.
 */
public final class EnvironmentAuth extends VaultAuth {
    @DataBoundConstructor
    public EnvironmentAuth() {
        // There is nothing to it.
    }

    @Override
    public void check() {
        // Seen at the first call, when the environment is read.
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        return new VaultEnvironment(System.getenv())
                .login()
                .orElseThrow(() -> Malformed.at("auth", "no token is configured", "set VAULT_TOKEN"));
    }

    @Extension(ordinal = 100)
    @Symbol("environment")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.EnvironmentAuth_DisplayName();
        }
    }
}
