package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential with a user name and a password. */
public abstract class LoginCredential extends ObjectCredential {
    private String username;
    private Boolean usernameSecret;
    private String password;

    protected LoginCredential(String id) {
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

    public String getPassword() {
        return password;
    }

    @DataBoundSetter
    public void setPassword(String password) {
        this.password = Util.fixEmptyAndTrim(password);
    }

    /** What a kind has besides them. */
    abstract Map<String, String> otherFields();

    @Override
    final Map<String, String> ownFields() {
        Map<String, String> fields = otherFields();
        fields.putAll(fieldMap("username", username, "password", password));
        return fields;
    }
}
