package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

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
    abstract Use addTo(BindingPlan plan, JobView view);

    /**
     * What the block gets in place of variables that were bound, all of it secret. Blocks on the network.
     *
     * @param variables of the whole block
     * @param around the environment that the block is in
     */
    Map<String, SecretValue> exchange(Map<String, SecretValue> variables, EnvVars around, Run<?, ?> run) {
        return Map.of();
    }

    /** Variables whose value around the block stays where the credential has none. */
    Set<String> inherited() {
        return Set.of();
    }

    /** The descriptor of a kind of binding. */
    public abstract static class SecretBindingDescriptor extends Descriptor<SecretBinding> {}
}
