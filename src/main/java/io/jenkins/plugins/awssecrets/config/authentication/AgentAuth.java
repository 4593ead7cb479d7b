package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** No login: a Vault Agent or Proxy at the address adds its own token. */
public final class AgentAuth extends VaultAuth {

    @DataBoundConstructor
    public AgentAuth() {
        // All of it is set by setters.
    }

    @Override
    public void check() {
        // There is nothing to it.
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        return new VaultLogin.Agent();
    }

    @Extension(ordinal = 10)
    @Symbol("agent")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.AgentAuth_DisplayName();
        }
    }
}
