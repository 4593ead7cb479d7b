package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _ID}, {@code _OWNER} and {@code _API_URI}, and {@code _PRIVATE_KEY_FILE} to a private file. */
public final class GitHubAppBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public GitHubAppBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.GITHUB_APP;
    }

    @Extension
    @Symbol("githubApp")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.GITHUB_APP);
        }

        @Override
        public String getDisplayName() {
            return "GitHub App";
        }
    }
}
