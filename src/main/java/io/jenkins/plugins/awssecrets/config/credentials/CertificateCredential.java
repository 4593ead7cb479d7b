package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code certificate}. */
public final class CertificateCredential extends ObjectCredential {
    private String keyStore;
    private String password;
    private VaultPkiConfiguration vaultPki;

    @DataBoundConstructor
    public CertificateCredential(String id) {
        super(id);
    }

    public String getKeyStore() {
        return keyStore;
    }

    @DataBoundSetter
    public void setKeyStore(String keyStore) {
        this.keyStore = Util.fixEmptyAndTrim(keyStore);
    }

    public String getPassword() {
        return password;
    }

    @DataBoundSetter
    public void setPassword(String password) {
        this.password = Util.fixEmptyAndTrim(password);
    }

    public VaultPkiConfiguration getVaultPki() {
        return vaultPki;
    }

    @DataBoundSetter
    public void setVaultPki(VaultPkiConfiguration vaultPki) {
        this.vaultPki = vaultPki;
    }

    @Override
    public Map<String, Map<String, String>> minted() {
        return minted("vaultPki", vaultPki);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap("keyStore", keyStore, "password", password);
    }

    @Extension
    @Symbol("certificate")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.CERTIFICATE);
        }

        @Override
        public String getDisplayName() {
            return Messages.CertificateCredential_DisplayName();
        }
    }
}
