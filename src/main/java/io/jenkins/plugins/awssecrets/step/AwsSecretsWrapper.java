package io.jenkins.plugins.awssecrets.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildWrapper;
import hudson.tasks.BuildWrapperDescriptor;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The same as {@code withAwsSecrets} for jobs that are no Pipelines. No {@code SimpleBuildWrapper}: Pipeline's
 * {@code wrap} would write the values in plain text to the build's state.
 */
@SuppressWarnings("rawtypes") // inherited
public final class AwsSecretsWrapper extends BuildWrapper {
    private final List<SecretBinding> bindings;

    @DataBoundConstructor
    public AwsSecretsWrapper(List<SecretBinding> bindings) {
        this.bindings = new ArrayList<>(Util.fixNull(bindings));
    }

    public List<SecretBinding> getBindings() {
        return List.copyOf(bindings);
    }

    @Override
    public Environment setUp(AbstractBuild build, Launcher launcher, BuildListener listener)
            throws IOException, InterruptedException {
        AbstractBuild<?, ?> run = build;
        Surroundings around =
                new Surroundings(Optional.ofNullable(run.getWorkspace()), () -> run.getEnvironment(listener));
        SecretBlock block = new SecretBlock(UUID.randomUUID().toString(), run, listener);
        try {
            return new Bound(block, block.enter(bindings, around));
        } catch (SecretException e) {
            // Its message says all there is to say; a stack trace would bury it.
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    public void makeSensitiveBuildVariables(AbstractBuild build, Set<String> sensitiveVariables) {
        AbstractBuild<?, ?> run = build;
        Bound bound = run.getEnvironments().get(Bound.class);
        if (bound != null) {
            sensitiveVariables.addAll(bound.variables.sensitive());
        }
    }

    private final class Bound extends Environment {
        private final SecretBlock block;
        private final BoundVariables variables;

        Bound(SecretBlock block, BoundVariables variables) {
            this.block = block;
            this.variables = variables;
        }

        @Override
        public void buildEnvVars(Map<String, String> environment) {
            Map<String, String> values = new LinkedHashMap<>();
            variables.addTo(values);
            // Jenkins expands variables in values twice before a process sees them.
            values.forEach((name, value) -> environment.put(name, value.replace("$", "$$$$")));
        }

        @Override
        public boolean tearDown(AbstractBuild build, BuildListener listener) throws InterruptedException {
            block.leave();
            return true;
        }
    }

    /** Offers the wrapper to jobs that are no Pipelines. */
    // Above the other wrappers, so that they find the variables.
    @Extension(ordinal = 100)
    @Symbol("awsSecrets")
    public static final class DescriptorImpl extends BuildWrapperDescriptor {
        @Override
        public boolean isApplicable(AbstractProject<?, ?> item) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return "Bind AWS or Vault secrets to environment variables";
        }
    }
}
