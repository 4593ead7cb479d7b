package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Binds one variable to a text. */
public final class StringBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private String variable;

    @DataBoundConstructor
    public StringBinding(String credentialsId) {
        super(credentialsId);
    }

    /** The variable, as {@code withCredentials} calls it; the same as {@code prefix}. */
    public String getVariable() {
        return variable;
    }

    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
    }

    @Override
    Optional<String> names() {
        return variable == null ? super.names() : Optional.of(variable);
    }

    @Override
    CredentialKind kind() {
        return CredentialKind.STRING;
    }

    @Extension
    @Symbol("string")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(CredentialKind.STRING);
        }

        @Override
        public String getDisplayName() {
            return "Secret text";
        }
    }
}
