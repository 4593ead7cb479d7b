package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
        return new Use(variable, "secret", List.of(reference), view.catalog());
    }

    /** Checks what is typed, without a call to any source. */
    @Extension
    @Symbol("secret")
    public static final class DescriptorImpl extends SecretBindingDescriptor {
        @Override
        public String getDisplayName() {
            return "Single value (by reference)";
        }

        /** Checks the reference by the rules of its source. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
            }
            try {
                CatalogView view = item == null
                        ? Catalog.get().in(Jenkins.get())
                        : Catalog.get().forItem(item);
                view.parser().reference("reference", Util.fixNull(value).trim());
                return FormValidation.ok();
            } catch (SecretException e) {
                return FormValidation.error(e.explanation());
            }
        }
    }
}
