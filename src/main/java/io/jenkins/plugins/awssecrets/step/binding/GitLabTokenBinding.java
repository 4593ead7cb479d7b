package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds one variable to a token for GitLab's API. */
public final class GitLabTokenBinding extends VariableBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public GitLabTokenBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.GITLAB_TOKEN;
    }

    @Extension
    @Symbol("gitlabToken")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.GITLAB_TOKEN);
        }

        @Override
        public String getDisplayName() {
            return "GitLab API token";
        }
    }
}
