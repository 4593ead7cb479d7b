package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A declared credential of the kind {@code usernamePassword}. */
public final class UsernamePasswordCredential extends LoginCredential {
    @DataBoundConstructor
    public UsernamePasswordCredential(String id) {
        super(id);
    }

    @Override
    Map<String, String> otherFields() {
        return fieldMap();
    }

    @Extension
    @Symbol("usernamePassword")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.USERNAME_PASSWORD);
        }

        @Override
        public String getDisplayName() {
            return Messages.UsernamePasswordCredential_DisplayName();
        }
    }
}
