package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.util.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** The variables of a block. Pipeline writes a {@link Secret} encrypted, so a restart gives them back. */
final class BoundVariables extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Secret> values = new LinkedHashMap<>();
    private final LinkedHashSet<String> sensitive;

    BoundVariables(Map<String, String> values, Set<String> sensitive) {
        values.forEach((name, value) -> this.values.put(name, Secret.fromString(value)));
        this.sensitive = new LinkedHashSet<>(sensitive);
    }

    @Override
    public void expand(EnvVars environment) {
        // Not override, which leaves an empty value out.
        addTo(environment);
    }

    void addTo(Map<String, String> environment) {
        values.forEach((name, value) -> environment.put(name, value.getPlainText()));
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return Set.copyOf(sensitive);
    }
}
