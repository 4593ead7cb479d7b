package io.jenkins.plugins.awssecrets.config.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential: its fields are references, or text that is no secret. */
public abstract class CredentialConfiguration extends AbstractDescribableImpl<CredentialConfiguration> {
    private String id;
    private String description;
    private CredentialsScope scope;
    private boolean allowEmpty;

    protected CredentialConfiguration(String id) {
        this.id = Util.fixNull(id).trim();
    }

    /** XML that was edited by hand may leave out what the constructor sees to. */
    protected Object readResolve() {
        id = Util.fixNull(id).trim();
        return this;
    }

    public String getId() {
        return id;
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public CredentialsScope getScope() {
        return scope;
    }

    /** SYSTEM for Jenkins itself and its agents alone; any other is GLOBAL, the default. */
    @DataBoundSetter
    public void setScope(CredentialsScope scope) {
        this.scope = scope == CredentialsScope.SYSTEM ? scope : null;
    }

    public boolean isAllowEmpty() {
        return allowEmpty;
    }

    @DataBoundSetter
    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    public final CredentialKind kind() {
        return ((CredentialDescriptor) getDescriptor()).kind();
    }

    /** What was typed, by the field's name; absent ones may be {@code null}. */
    public abstract Map<String, String> fields();

    public LevelDefinition.Declared toDeclared(DefinitionParser parser) {
        return new LevelDefinition.Declared(
                parser.parse(id, kind(), Util.fixNull(description), fields(), allowEmpty),
                scope == CredentialsScope.SYSTEM);
    }

    /** Pairs of a field's name and its text, in order. */
    static Map<String, String> fieldMap(String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                fields.put(pairs[i], pairs[i + 1]);
            }
        }
        return fields;
    }
}
