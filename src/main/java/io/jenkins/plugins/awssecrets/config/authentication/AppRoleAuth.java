package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An AppRole: a Jenkins user name with password (role id and secret id), a Jenkins secret text (the secret id), or both
 * typed here. */
public final class AppRoleAuth extends StoredAuth {
    private String roleId;
    private Secret secretId;
    private String secretIdFile;
    private boolean wrapped;

    @DataBoundConstructor
    public AppRoleAuth() {
        // All of it is set by setters.
    }

    public String getRoleId() {
        return roleId;
    }

    @DataBoundSetter
    public void setRoleId(String roleId) {
        this.roleId = Util.fixEmptyAndTrim(roleId);
    }

    public Secret getSecretId() {
        return secretId;
    }

    @DataBoundSetter
    public void setSecretId(Secret secretId) {
        this.secretId = Given.secret(secretId);
    }

    public String getSecretIdFile() {
        return secretIdFile;
    }

    @DataBoundSetter
    public void setSecretIdFile(String secretIdFile) {
        this.secretIdFile = Util.fixEmptyAndTrim(secretIdFile);
    }

    public boolean isWrapped() {
        return wrapped;
    }

    @DataBoundSetter
    public void setWrapped(boolean wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public void check() {
        oneOf("secretId", getCredentialsId(), secretId, secretIdFile, false);
        Given.textOrFile(Given.value(secretId), "secretIdFile", secretIdFile);
        if (getCredentialsId() == null) {
            Malformed.required("roleId", roleId);
        }
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        if (getCredentialsId() != null && roleId == null) {
            StoredCredentials.UsernamePassword found = stored.usernamePassword(getCredentialsId());
            return role(found.username(), Optional.of(TextOrFile.of(found.password())));
        }
        Optional<SecretValue> text = getCredentialsId() == null
                ? Given.value(secretId)
                : Optional.of(stored.textOrPassword(getCredentialsId()));
        return role(roleId, Given.textOrFile(text, "secretIdFile", secretIdFile));
    }

    private VaultLogin role(String id, Optional<TextOrFile> secret) {
        return new VaultLogin.AppRole(mountOr(VaultLogin.AppRole.MOUNT), id, secret, wrapped);
    }

    @Extension(ordinal = 80)
    @Symbol("appRole")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        ListBoxModel credentials(Choices choices, String chosen) {
            return choices.textsAndUsernamePasswords(chosen);
        }

        @Override
        public String getDisplayName() {
            return Messages.AppRoleAuth_DisplayName();
        }
    }
}
