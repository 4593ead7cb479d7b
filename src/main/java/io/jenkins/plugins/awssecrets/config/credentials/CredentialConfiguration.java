package io.jenkins.plugins.awssecrets.config.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.config.rules.CredentialRule;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential: its fields are references, or text that is no secret. */
public abstract class CredentialConfiguration extends AbstractDescribableImpl<CredentialConfiguration> {
    private String id;
    private String description;
    private CredentialsScope scope;
    private boolean allowEmpty;
    private List<CredentialRule> allow;

    protected CredentialConfiguration(String id) {
        this.id = Util.fixNull(id).trim();
    }

    /** XML that was edited by hand may leave out what the constructor sees to. */
    protected Object readResolve() {
        id = Util.fixNull(id).trim();
        allow = allow == null ? null : ReadBack.list(allow, CredentialRule.class);
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

    /** Builds that may use it; without a rule, every build that sees it. */
    public List<CredentialRule> getAllow() {
        return allow == null ? List.of() : List.copyOf(allow);
    }

    /**
     * {@code null} where a form has no rule. Job DSL gives an empty list where a script has none; configuration as code
     * refuses one that is written, and so does XML, as it reads like nobody.
     */
    @DataBoundSetter
    public void setAllow(List<CredentialRule> allow) {
        this.allow = allow == null || allow.isEmpty() ? null : new ArrayList<>(allow);
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

    /** What is said of the username of a kind that has one. */
    Optional<Boolean> usernameSecret() {
        return Optional.empty();
    }

    /** The settings of values that are made when they are needed, by the name of the way: one at most. */
    public Map<String, Map<String, String>> minted() {
        return Map.of();
    }

    /** As {@link #minted()} gives it. */
    static Map<String, Map<String, String>> minted(String way, MintedConfiguration configuration) {
        return configuration == null ? Map.of() : Map.of(way, configuration.settings());
    }

    public LevelDefinition.Declared toDeclared(DefinitionParser parser) {
        return new LevelDefinition.Declared(
                parser.parse(id, kind(), Util.fixNull(description), fields(), minted(), allowEmpty)
                        .withUsernameSecret(usernameSecret()),
                scope == CredentialsScope.SYSTEM,
                rules());
    }

    /**
     * @throws SecretException ({@code MALFORMED}) whose subject is the place of what is wrong. A credential with wrong
     *     rules is none, rather than one for everybody
     */
    public final AllowList rules() {
        if (allow != null && allow.isEmpty()) {
            throw noRule("allow");
        }
        return CredentialRule.allow(getAllow());
    }

    /** What is wrong with an empty list of rules. */
    public static SecretException noRule(String key) {
        return Malformed.at(key, "the list is empty", "add a rule, or leave 'allow' out to let every build use it");
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
