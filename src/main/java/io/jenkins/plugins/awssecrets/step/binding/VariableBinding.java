package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Util;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** Binds a credential to a single variable, whose name is given whole. */
public abstract class VariableBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private String variable;

    VariableBinding(String credentialsId) {
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
}
