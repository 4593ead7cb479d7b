package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import io.jenkins.plugins.awssecrets.engine.credential.SecretsFrom;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Binds every parameter below a path, or every member of a JSON or Vault secret, to a variable of its own. */
public final class SecretsBinding extends SecretBinding {
    private static final long serialVersionUID = 1L;

    private final String from;
    private String prefix;
    private boolean allowEmpty;

    /** @param from a path such as {@code ssm:/ci/app/}, or a reference to one secret */
    @DataBoundConstructor
    public SecretsBinding(String from) {
        this.from = Util.fixNull(from).trim();
    }

    public String getFrom() {
        return from;
    }

    /** What the variables' names begin with; {@code null} for nothing. */
    public String getPrefix() {
        return prefix;
    }

    @DataBoundSetter
    public void setPrefix(String prefix) {
        this.prefix = Util.fixEmptyAndTrim(prefix);
    }

    public boolean isAllowEmpty() {
        return allowEmpty;
    }

    @DataBoundSetter
    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    @Override
    public Use addTo(BindingPlan plan, JobView view) {
        SecretsFrom what = view.secrets(from);
        String begin = Util.fixNull(prefix);
        List<Reference> references;
        if (what instanceof SecretsFrom.Below below) {
            List<String> names = view.below(below);
            plan.secrets(begin, below, names, allowEmpty);
            references = names.stream().map(below::parameter).toList();
        } else {
            SecretsFrom.Members members = (SecretsFrom.Members) what;
            plan.secrets(begin, members, allowEmpty);
            references = List.of(members.reference());
        }
        return Use.direct(what.toString(), "secrets", references, view.catalog(), true);
    }

    @Override
    public Optional<SecretException> misnamed() {
        return Optional.ofNullable(prefix)
                .filter(name -> !VariableNames.isOne(name))
                .map(name -> VariableNames.notOne("prefix '" + name + "' of secrets " + from));
    }

    /** Checks what is typed, without a call to any source. */
    @Extension
    @Symbol("secrets")
    public static final class DescriptorImpl extends SecretBindingDescriptor {
        @Override
        public String getDisplayName() {
            return "Several values (by path or secret)";
        }

        /** Checks the path or reference by the rules of its source. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            ReferenceBinding.checkPermission(item);
            try {
                Catalog.get()
                        .seenFrom(item)
                        .parser()
                        .secrets("reference", Util.fixNull(value).trim());
                return FormValidation.ok();
            } catch (SecretException e) {
                return FormValidation.error(e.explanation());
            }
        }
    }
}
