package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Vault token. */
public final class TokenAuth extends VaultAuth {
    private final Secret token;

    @DataBoundConstructor
    public TokenAuth(Secret token) {
        this.token = token;
    }

    public Secret getToken() {
        return token;
    }

    @Override
    protected VaultLogin login() {
        return new VaultLogin.Token(SecretValue.of(token.getPlainText()));
    }

    @Extension
    @Symbol("token")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return "Token";
        }
    }
}
