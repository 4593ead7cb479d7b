package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Binds one variable to a text. */
public final class StringBinding extends VariableBinding {
    private static final long serialVersionUID = 1L;

    /** So that one that was stored without it is masked. */
    private boolean unmasked;

    @DataBoundConstructor
    public StringBinding(String credentialsId) {
        super(credentialsId);
    }

    /** Whether the log hides the value. */
    public boolean isMask() {
        return !unmasked;
    }

    @Override
    boolean masked() {
        return isMask();
    }

    /** False for a value that is no secret. */
    @DataBoundSetter
    public void setMask(boolean mask) {
        this.unmasked = !mask;
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
