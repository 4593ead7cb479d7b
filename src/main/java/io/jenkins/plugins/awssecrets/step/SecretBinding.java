package io.jenkins.plugins.awssecrets.step;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import java.io.Serializable;

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

    /** The descriptor of a kind of binding. */
    public abstract static class SecretBindingDescriptor extends Descriptor<SecretBinding> {}
}
