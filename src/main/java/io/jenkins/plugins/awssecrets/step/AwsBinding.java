package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _ACCESS_KEY_ID}, {@code _SECRET_ACCESS_KEY}, {@code _SESSION_TOKEN} and {@code _REGION}. */
public final class AwsBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public AwsBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return CredentialKind.AWS;
    }

    @Extension
    @Symbol("aws")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(CredentialKind.AWS);
        }

        @Override
        public String getDisplayName() {
            return "AWS access key";
        }
    }
}
