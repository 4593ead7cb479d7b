package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A Vault token: a Jenkins secret text, a file, or typed here. */
public final class TokenAuth extends VaultAuth {
    private String credentialsId;
    private Secret token;
    private String tokenFile;

    @DataBoundConstructor
    public TokenAuth() {
        // All of it is set by setters.
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public Secret getToken() {
        return token;
    }

    @DataBoundSetter
    public void setToken(Secret token) {
        this.token = Given.secret(token);
    }

    public String getTokenFile() {
        return tokenFile;
    }

    @DataBoundSetter
    public void setTokenFile(String tokenFile) {
        this.tokenFile = Util.fixEmptyAndTrim(tokenFile);
    }

    @Override
    public void check() {
        oneOf("token", credentialsId, token, tokenFile, true);
        Given.textOrFile(Given.value(token), "tokenFile", tokenFile);
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        if (tokenFile != null) {
            return new VaultLogin.TokenFile(Malformed.file("tokenFile", tokenFile));
        }
        return new VaultLogin.Token(
                credentialsId == null ? Given.value(token).orElseThrow() : stored.textOrPassword(credentialsId));
    }

    @Extension(ordinal = 90)
    @Symbol("token")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        ListBoxModel credentials(Choices choices, String chosen) {
            return choices.textsAndUsernamePasswords(chosen);
        }

        @Override
        public String getDisplayName() {
            return Messages.TokenAuth_DisplayName();
        }
    }
}
