package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/**
 * The environment of a Pipeline's block: what is around it, and its own variables.
 *
 * <p>In a step's arguments Pipeline puts the name of a sensitive variable in place of its value, one variable after the
 * other in no certain order. Where one value contains another that would show the rest of it, so the contained one is
 * not declared: the build's own mask hides it.
 */
final class BlockEnvironment extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;

    private final EnvironmentExpander around;
    private final BoundVariables variables;
    private final LinkedHashSet<String> sensitive;

    private BlockEnvironment(EnvironmentExpander around, BoundVariables variables, Set<String> sensitive) {
        this.around = around;
        this.variables = variables;
        this.sensitive = new LinkedHashSet<>(sensitive);
    }

    /** @param place has the environment that {@code around} gives */
    static BlockEnvironment inside(EnvironmentExpander around, Surroundings place, BoundVariables variables)
            throws IOException, InterruptedException {
        Set<String> sensitive = new LinkedHashSet<>(around.getSensitiveVariables());
        // Composing the environment asks every plugin that adds to it: only where a value of it is compared.
        Map<String, String> all = sensitive.isEmpty() ? new LinkedHashMap<>() : place.environment();
        variables.addTo(all);
        sensitive.addAll(variables.sensitive());
        Map<String, String> values = new LinkedHashMap<>();
        sensitive.forEach(name -> values.put(name, all.getOrDefault(name, "")));
        sensitive.removeIf(name -> values.values().stream()
                .anyMatch(other -> !other.equals(values.get(name)) && other.contains(values.get(name))));
        return new BlockEnvironment(around, variables, sensitive);
    }

    @Override
    public void expand(EnvVars environment) throws IOException, InterruptedException {
        around.expand(environment);
        // Not override, which leaves an empty value out.
        variables.addTo(environment);
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return Set.copyOf(sensitive);
    }
}
