package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _KEY_FILE} to a private file, {@code _USERNAME} and {@code _PASSPHRASE}. */
public final class SshKeyBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public SshKeyBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.SSH_KEY;
    }

    @Extension
    @Symbol("sshKey")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.SSH_KEY);
        }

        @Override
        public String getDisplayName() {
            return "SSH key";
        }
    }
}
