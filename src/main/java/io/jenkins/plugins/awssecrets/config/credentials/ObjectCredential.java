package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential whose fields may all be members of one secret. */
public abstract class ObjectCredential extends CredentialConfiguration {
    private String from;

    protected ObjectCredential(String id) {
        super(id);
    }

    /** The secret that has the fields that have no reference of their own. */
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    /** Without {@code from}. */
    abstract Map<String, String> ownFields();

    @Override
    public final Map<String, String> fields() {
        Map<String, String> fields = ownFields();
        fields.putAll(fieldMap("from", from));
        return fields;
    }
}
