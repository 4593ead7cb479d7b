package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import org.kohsuke.stapler.DataBoundSetter;

/** A user with a password: a Jenkins user name with password, or both typed here. */
public abstract class PasswordAuth extends StoredAuth {
    private String username;
    private Secret password;

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

    public abstract VaultLogin login(String user, SecretValue secret);

    @Override
    public final void check() {
        if (getCredentialsId() == null) {
            Malformed.required("username", username);
            if (password == null) {
                throw Malformed.at("password", "it is missing", "add it, or a credentialsId");
            }
        } else if (username != null || password != null) {
            throw Malformed.at("credentialsId", "a username or password is set as well", "keep one of the two");
        }
    }

    @Override
    public final VaultLogin login(StoredCredentials stored) {
        if (getCredentialsId() == null) {
            return login(username, Given.value(password).orElseThrow());
        }
        StoredCredentials.UsernamePassword found = stored.usernamePassword(getCredentialsId());
        return login(found.username(), found.password());
    }
}
