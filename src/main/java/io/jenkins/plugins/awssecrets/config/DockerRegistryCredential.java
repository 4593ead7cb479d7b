package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code dockerRegistry}. */
public final class DockerRegistryCredential extends CredentialConfiguration {
    private String registry;
    private String username;
    private String password;
    private String from;

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

    public String getUsername() {
        return username;
    }

    @DataBoundSetter
    public void setUsername(String username) {
        this.username = Util.fixEmptyAndTrim(username);
    }

    public String getPassword() {
        return password;
    }

    @DataBoundSetter
    public void setPassword(String password) {
        this.password = Util.fixEmptyAndTrim(password);
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    @Override
    protected Map<String, String> fields() {
        return fieldMap("registry", registry, "username", username, "password", password, "from", from);
    }

    @Extension
    @Symbol("dockerRegistry")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(CredentialKind.DOCKER_REGISTRY);
        }

        @Override
        public String getDisplayName() {
            return Messages.DockerRegistryCredential_DisplayName();
        }
    }
}
