package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of a user, whose name logs may show. */
public abstract class UserCredential extends ObjectCredential {
    private String username;
    private Boolean usernameSecret;

    protected UserCredential(String id) {
        super(id);
    }

    public String getUsername() {
        return username;
    }

    @DataBoundSetter
    public void setUsername(String username) {
        this.username = Util.fixEmptyAndTrim(username);
    }

    /** Whether logs hide the username; {@code null} where its source decides. */
    public Boolean getUsernameSecret() {
        return usernameSecret;
    }

    @DataBoundSetter
    public void setUsernameSecret(Boolean usernameSecret) {
        this.usernameSecret = usernameSecret;
    }

    /** From the form, where it is one of three. Has no getter, so that configuration as code does not know it. */
    @DataBoundSetter
    public void setUsernameSecretChoice(String choice) {
        usernameSecret = choice == null || choice.isBlank() ? null : Boolean.valueOf(choice);
    }

    @Override
    final Optional<Boolean> usernameSecret() {
        return Optional.ofNullable(usernameSecret);
    }
}
