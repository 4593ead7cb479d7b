package io.jenkins.plugins.awssecrets.step.binding;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One line of {@code withAwsSecrets}: a credential, or a single value, and the variables it goes to. */
public abstract class SecretBinding extends AbstractDescribableImpl<SecretBinding> implements Serializable {
    private static final long serialVersionUID = 1L;

    // Not for others to extend: a binding is trusted with values.
    SecretBinding() {}

    /**
     * Adds itself to what the block asks for.
     *
     * @return what to say of it in the log
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException when the job sees no such credential, it is of
     *     another kind, or a reference is malformed
     */
    public abstract Use addTo(BindingPlan plan, JobView view);

    /** Whether the block gets something that is made of what was bound, and in its place: the session of a role, a token. */
    public boolean makesSession() {
        return false;
    }

    /**
     * What is bound with that in it. Blocks on the network.
     *
     * @param bound of the whole block
     * @param around the environment that the block is in
     * @param files whether the block has a place for files, without which nothing is renewed
     */
    public BindingSession session(BoundEnvironment bound, EnvVars around, Run<?, ?> run, boolean files) {
        throw new IllegalStateException("it makes none");
    }

    /** What is wrong with the names of its variables as they are set; empty where nothing is. */
    public abstract Optional<SecretException> misnamed();

    /** Variables whose value around the block stays where the credential has none. */
    public Set<String> inherited() {
        return Set.of();
    }

    /** The descriptor of a kind of binding. */
    public abstract static class SecretBindingDescriptor extends Descriptor<SecretBinding> {
        /** Checks the name of the variable, where one is set. */
        @POST
        public FormValidation doCheckVariable(@AncestorInPath Item item, @QueryParameter String value) {
            return checkName(item, value);
        }

        /** Checks what the variables' names begin with, where it is set. */
        @POST
        public FormValidation doCheckPrefix(@AncestorInPath Item item, @QueryParameter String value) {
            return checkName(item, value);
        }

        final FormValidation checkName(Item item, String value) {
            ReferenceBinding.checkPermission(item);
            String name = Util.fixNull(value).trim();
            return name.isEmpty() || VariableNames.isOne(name)
                    ? FormValidation.ok()
                    : FormValidation.error(
                            VariableNames.notOne("variable " + name).explanation());
        }
    }
}
