package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code string}. */
public final class StringCredential extends CredentialConfiguration {
    private String secret;

    @DataBoundConstructor
    public StringCredential(String id) {
        super(id);
    }

    public String getSecret() {
        return secret;
    }

    @DataBoundSetter
    public void setSecret(String secret) {
        this.secret = Util.fixEmptyAndTrim(secret);
    }

    @Override
    public Map<String, String> fields() {
        return fieldMap("secret", secret);
    }

    @Extension
    @Symbol("string")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.STRING);
        }

        @Override
        public String getDisplayName() {
            return Messages.StringCredential_DisplayName();
        }
    }
}
