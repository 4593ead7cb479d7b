package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds {@code _REGISTRY}, {@code _USERNAME}, {@code _PASSWORD}, and {@code DOCKER_CONFIG} to a private directory that is logged in. */
public final class DockerRegistryBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public DockerRegistryBinding(String credentialsId) {
        super(credentialsId);
    }

    @Override
    CredentialKind kind() {
        return Kinds.DOCKER_REGISTRY;
    }

    @Extension
    @Symbol("dockerRegistry")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.DOCKER_REGISTRY);
        }

        @Override
        public String getDisplayName() {
            return "Docker registry";
        }
    }
}
