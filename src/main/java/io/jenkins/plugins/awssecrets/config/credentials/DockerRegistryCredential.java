package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code dockerRegistry}. */
public final class DockerRegistryCredential extends LoginCredential {
    private String registry;
    private EcrConfiguration ecr;

    @DataBoundConstructor
    public DockerRegistryCredential(String id) {
        super(id);
    }

    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    public EcrConfiguration getEcr() {
        return ecr;
    }

    @DataBoundSetter
    public void setEcr(EcrConfiguration ecr) {
        this.ecr = ecr;
    }

    @Override
    public Map<String, Map<String, String>> minted() {
        return minted("ecr", ecr);
    }

    @Override
    Map<String, String> otherFields() {
        return fieldMap("registry", registry);
    }

    @Extension
    @Symbol("dockerRegistry")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.DOCKER_REGISTRY);
        }

        @Override
        public String getDisplayName() {
            return Messages.DockerRegistryCredential_DisplayName();
        }
    }
}
