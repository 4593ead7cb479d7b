package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds one variable to the path of a private file. */
public final class FileBinding extends VariableBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public FileBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.FILE;
    }

    @Extension
    @Symbol("file")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.FILE);
        }

        @Override
        public String getDisplayName() {
            return "Secret file";
        }
    }
}
