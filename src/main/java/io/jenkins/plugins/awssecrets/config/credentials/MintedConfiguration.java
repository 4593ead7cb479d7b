package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whose login makes the values of some fields, and of what. */
public abstract class MintedConfiguration extends AbstractDescribableImpl<MintedConfiguration> {
    private final String source;

    protected MintedConfiguration(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    /** The id of the source whose login is used. */
    public final String getSource() {
        return source;
    }

    /** Pairs of a setting's name and its text, besides the source. */
    abstract String[] others();

    final Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(CredentialConfiguration.fieldMap("source", source));
        settings.putAll(CredentialConfiguration.fieldMap(others()));
        return settings;
    }
}
