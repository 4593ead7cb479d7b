package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Lines;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The token that each build reads with, made by the source's own one. */
public final class ChildTokensConfiguration extends AbstractDescribableImpl<ChildTokensConfiguration> {
    private List<String> policies;
    private String ttl;
    private String tokenRole;

    @DataBoundConstructor
    public ChildTokensConfiguration() {
        // All of it is set by setters.
    }

    private Object readResolve() {
        setPolicies(policies);
        return this;
    }

    /** Names of policies; they may name the build's folder and job. */
    public List<String> getPolicies() {
        return policies == null ? List.of() : List.copyOf(policies);
    }

    @DataBoundSetter
    public void setPolicies(List<String> policies) {
        List<String> given = Lines.of(policies);
        this.policies = given.isEmpty() ? null : given;
    }

    /** For the form: a policy a line. */
    public String getPoliciesText() {
        return String.join("\n", getPolicies());
    }

    /** How long it lives unless it is renewed; {@code null} for Vault's default. */
    public String getTtl() {
        return ttl;
    }

    @DataBoundSetter
    public void setTtl(String ttl) {
        this.ttl = Util.fixEmptyAndTrim(ttl);
    }

    /** The role of the token auth method that makes it; {@code null} for none. */
    public String getTokenRole() {
        return tokenRole;
    }

    @DataBoundSetter
    public void setTokenRole(String tokenRole) {
        this.tokenRole = Util.fixEmptyAndTrim(tokenRole);
    }

    /** Whether nothing is set, as a form that was left empty has it. */
    public boolean isEmpty() {
        return policies == null && ttl == null && tokenRole == null;
    }

    /**
     * The tokens as they are made.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException whose subject is the key of the first setting that is
     *     wrong
     */
    public ChildTokens toTokens() {
        return new ChildTokens(
                getPolicies().stream().map(ChildTokens::policy).toList(),
                Optional.ofNullable(ttl).map(ChildTokens::ttl),
                Optional.ofNullable(tokenRole).map(ChildTokens::role));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ChildTokensConfiguration> {
        @POST
        public FormValidation doCheckPoliciesText(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, ChildTokens::policy);
        }

        @POST
        public FormValidation doCheckTtl(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, ChildTokens::ttl);
        }

        @POST
        public FormValidation doCheckTokenRole(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, ChildTokens::role);
        }

        @Override
        public String getDisplayName() {
            return Messages.ChildTokensConfiguration_DisplayName();
        }
    }
}
