package io.jenkins.plugins.awssecrets.step.binding;

import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a binding has for a while in the place of what is stored.
 *
 * @param bound what the block gets, with it
 * @param renewal when it is to be made anew; empty where it stays as it is
 * @param variables those that it sets, which later steps get renewed
 */
public record BindingSession(BoundEnvironment bound, Optional<Instant> renewal, Set<String> variables) {
    public BindingSession {
        variables = Set.copyOf(variables);
    }
}
