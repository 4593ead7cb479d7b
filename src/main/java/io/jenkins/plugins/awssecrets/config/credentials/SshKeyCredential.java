package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code sshKey}. */
public final class SshKeyCredential extends UserCredential {
    private String privateKey;
    private String passphrase;
    private VaultSshConfiguration vaultSsh;

    @DataBoundConstructor
    public SshKeyCredential(String id) {
        super(id);
    }

    public String getPrivateKey() {
        return privateKey;
    }

    @DataBoundSetter
    public void setPrivateKey(String privateKey) {
        this.privateKey = Util.fixEmptyAndTrim(privateKey);
    }

    public String getPassphrase() {
        return passphrase;
    }

    @DataBoundSetter
    public void setPassphrase(String passphrase) {
        this.passphrase = Util.fixEmptyAndTrim(passphrase);
    }

    public VaultSshConfiguration getVaultSsh() {
        return vaultSsh;
    }

    @DataBoundSetter
    public void setVaultSsh(VaultSshConfiguration vaultSsh) {
        this.vaultSsh = vaultSsh;
    }

    @Override
    public Map<String, Map<String, String>> minted() {
        return minted("vaultSsh", vaultSsh);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap("username", getUsername(), "privateKey", privateKey, "passphrase", passphrase);
    }

    @Extension
    @Symbol("sshKey")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.SSH_KEY);
        }

        @Override
        public String getDisplayName() {
            return Messages.SshKeyCredential_DisplayName();
        }
    }
}
