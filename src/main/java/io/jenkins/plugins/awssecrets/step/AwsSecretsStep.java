package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withAwsSecrets([...]) { ... }}: binds secrets to variables for a block, and masks them in the build's log. */
public final class AwsSecretsStep extends Step {
    private final List<SecretBinding> bindings;

    @DataBoundConstructor
    public AwsSecretsStep(List<SecretBinding> bindings) {
        this.bindings = List.copyOf(Util.fixNull(bindings));
    }

    public List<SecretBinding> getBindings() {
        return bindings;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AwsSecretsExecution(context, bindings);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "withAwsSecrets";
        }

        @Override
        public String getDisplayName() {
            return "Bind AWS or Vault secrets to environment variables";
        }

        /** Refuses to write what no block would take, with the reason in place of the snippet. */
        @Override
        public UninstantiatedDescribable uninstantiate(Step step) {
            ((AwsSecretsStep) step)
                    .bindings.stream()
                            .flatMap(binding -> binding.misnamed().stream())
                            .findFirst()
                            .ifPresent(why -> {
                                throw new UnsupportedOperationException(why.getMessage());
                            });
            return DescribableModel.uninstantiate2_(step);
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
