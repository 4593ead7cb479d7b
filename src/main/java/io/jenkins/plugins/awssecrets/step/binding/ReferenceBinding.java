package io.jenkins.plugins.awssecrets.step.binding;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Binds a variable to a single value, by its reference. */
public final class ReferenceBinding extends SecretBinding {
    private static final long serialVersionUID = 1L;

    private final String variable;
    private final String from;

    /** So that one that was stored without it is masked. */
    private boolean unmasked;

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

    /** Whether the log hides the value. */
    public boolean isMask() {
        return !unmasked;
    }

    /** False for a value that is no secret. */
    @DataBoundSetter
    public void setMask(boolean mask) {
        this.unmasked = !mask;
    }

    @Override
    public Use addTo(BindingPlan plan, JobView view) {
        Reference reference = view.reference(variable, from);
        plan.secret(variable, reference, false, isMask());
        return Use.direct(variable, "secret", List.of(reference), view.catalog(), isMask());
    }

    @Override
    public Optional<SecretException> misnamed() {
        return VariableNames.isOne(variable)
                ? Optional.empty()
                : Optional.of(VariableNames.notOne("variable '" + variable + "' of secret " + from));
    }

    static void checkPermission(@CheckForNull Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    private static FormValidation warning(Decision decision) {
        return decision.refusal()
                .map(why -> FormValidation.warning(why.reason() + ". To fix it, " + why.fix()))
                .orElseGet(FormValidation::ok);
    }

    /** Checks what is typed, without a call to any source. */
    @Extension
    @Symbol("secret")
    public static final class DescriptorImpl extends SecretBindingDescriptor {
        @Override
        public String getDisplayName() {
            return "Single value (by reference)";
        }

        @POST
        @Override
        public FormValidation doCheckVariable(@AncestorInPath Item item, @QueryParameter String value) {
            checkPermission(item);
            return Util.fixNull(value).isBlank()
                    ? FormValidation.error("Set the name of the environment variable")
                    : checkName(item, value);
        }

        /** Checks the reference by the rules of its source. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            checkPermission(item);
            try {
                CatalogView view = Catalog.get().seenFrom(item);
                Reference reference =
                        view.parser().secret("reference", Util.fixNull(value).trim());
                return item instanceof Job<?, ?> job
                        ? warning(SecretAccess.direct(view, reference, Requesters.ofBuildOf(job)))
                        : FormValidation.ok();
            } catch (SecretException e) {
                return FormValidation.error(e.explanation());
            }
        }
    }
}
