package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The client certificate of the connection. */
public final class CertificateAuth extends MountedAuth {
    private String name;

    @DataBoundConstructor
    public CertificateAuth() {
        // All of it is set by setters.
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @Override
    public void check() {
        // Whether there is a client certificate is seen where that is configured.
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        return new VaultLogin.Certificate(mountOr(VaultLogin.Certificate.MOUNT), Optional.ofNullable(name));
    }

    @Extension(ordinal = 20)
    @Symbol("certificate")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CertificateAuth_DisplayName();
        }
    }
}
