package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _HOST}, {@code _PORT}, {@code _NAME}, {@code _USERNAME}, {@code _PASSWORD} and {@code _URL}. */
public final class DatabaseBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public DatabaseBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.DATABASE;
    }

    @Extension
    @Symbol("database")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.DATABASE);
        }

        @Override
        public String getDisplayName() {
            return "Database";
        }
    }
}
