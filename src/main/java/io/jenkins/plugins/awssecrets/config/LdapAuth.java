package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A user of a directory: a Jenkins user name with password, or both typed here. */
public final class LdapAuth extends MountedAuth {
    private String credentialsId;
    private String username;
    private Secret password;

    @DataBoundConstructor
    public LdapAuth() {
        // All of it is set by setters.
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getUsername() {
        return username;
    }

    @DataBoundSetter
    public void setUsername(String username) {
        this.username = Util.fixEmptyAndTrim(username);
    }

    public Secret getPassword() {
        return password;
    }

    @DataBoundSetter
    public void setPassword(Secret password) {
        this.password = Given.secret(password);
    }

    @Override
    void check() {
        if (credentialsId == null) {
            Malformed.required("username", username);
            if (password == null) {
                throw Malformed.at("password", "it is missing", "add it, or a credentialsId");
            }
        } else if (username != null || password != null) {
            throw Malformed.at("credentialsId", "there are a user name or a password too", "keep one of the two");
        }
    }

    @Override
    protected VaultLogin login(StoredCredentials stored) {
        if (credentialsId == null) {
            return new VaultLogin.Ldap(
                    mountOr(VaultLogin.Ldap.MOUNT),
                    username,
                    Given.value(password).orElseThrow());
        }
        StoredCredentials.UsernamePassword found = stored.usernamePassword(credentialsId);
        return new VaultLogin.Ldap(mountOr(VaultLogin.Ldap.MOUNT), found.username(), found.password());
    }

    @Extension(ordinal = 30)
    @Symbol("ldap")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.LdapAuth_DisplayName();
        }
    }
}
