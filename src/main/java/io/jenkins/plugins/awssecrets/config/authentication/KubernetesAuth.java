package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.nio.file.Path;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The service account of the pod that Jenkins runs in. */
public final class KubernetesAuth extends MountedAuth {
    private String role;
    private String tokenFile;

    @DataBoundConstructor
    public KubernetesAuth() {
        // All of it is set by setters.
    }

    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    public String getTokenFile() {
        return tokenFile;
    }

    @DataBoundSetter
    public void setTokenFile(String tokenFile) {
        this.tokenFile = Util.fixEmptyAndTrim(tokenFile);
    }

    @Override
    public void check() {
        Malformed.required("role", role);
        file();
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        return new VaultLogin.Kubernetes(mountOr(VaultLogin.Kubernetes.MOUNT), role, file());
    }

    private Path file() {
        return tokenFile == null ? VaultLogin.Kubernetes.TOKEN_FILE : Malformed.file("tokenFile", tokenFile);
    }

    @Extension(ordinal = 70)
    @Symbol("kubernetes")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.KubernetesAuth_DisplayName();
        }
    }
}
