package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds a variable to a single value, by its reference. */
public final class ReferenceBinding extends SecretBinding {
    private static final long serialVersionUID = 1L;

    private final String variable;
    private final String from;

    /** @param from a reference such as {@code sm:ci/sonar#token} */
    @DataBoundConstructor
    public ReferenceBinding(String variable, String from) {
        this.variable = Util.fixNull(variable).trim();
        this.from = Util.fixNull(from).trim();
    }

    public String getVariable() {
        return variable;
    }

    public String getFrom() {
        return from;
    }

    @Override
    Use addTo(BindingPlan plan, JobView view) {
        Reference reference = view.reference(variable, from);
        plan.secret(variable, reference, false);
        return new Use(variable, "secret", List.of(reference));
    }

    @Extension
    @Symbol("secret")
    public static final class DescriptorImpl extends SecretBindingDescriptor {
        @Override
        public String getDisplayName() {
            return "Single value by its reference";
        }
    }
}
