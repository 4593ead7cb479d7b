package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds one variable to a text. */
public final class StringBinding extends VariableBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public StringBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.STRING;
    }

    @Extension
    @Symbol("string")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.STRING);
        }

        @Override
        public String getDisplayName() {
            return "Secret text";
        }
    }
}
