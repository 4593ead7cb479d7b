package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential with a user name and a password. */
public abstract class LoginCredential extends UserCredential {
    private String password;

    protected LoginCredential(String id) {
        super(id);
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
        fields.putAll(fieldMap("username", getUsername(), "password", password));
        return fields;
    }
}
