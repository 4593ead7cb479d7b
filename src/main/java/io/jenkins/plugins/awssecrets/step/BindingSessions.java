package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.binding.BlockSessions;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.step.binding.BindingSession;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import io.jenkins.plugins.awssecrets.step.binding.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sessions of a block whose bindings make some, of what they read. Not for several threads at once. */
final class BindingSessions implements BlockSessions {
    private final List<SecretBinding> bindings = new ArrayList<>();
    private final Set<Reference> references = new LinkedHashSet<>();
    private final Set<String> variables = new LinkedHashSet<>();
    private final EnvVars around;
    private final Run<?, ?> run;
    private final boolean files;
    private Optional<Instant> due = Optional.empty();

    /**
     * @param around the environment that the block is in
     * @param files whether the block has a place for files, without which nothing is renewed
     */
    BindingSessions(List<SecretBinding> bindings, List<Use> uses, EnvVars around, Run<?, ?> run, boolean files) {
        for (int i = 0; i < bindings.size(); i++) {
            if (bindings.get(i).makesSession()) {
                this.bindings.add(bindings.get(i));
                references.addAll(uses.get(i).references());
            }
        }
        this.around = around;
        this.run = run;
        this.files = files;
    }

    @Override
    public BoundEnvironment in(BoundEnvironment bound) {
        BoundEnvironment all = bound;
        List<Instant> renewals = new ArrayList<>();
        for (SecretBinding binding : bindings) {
            BindingSession session = binding.session(all, around, run, files);
            all = session.bound();
            variables.addAll(session.variables());
            session.renewal().filter(at -> files).ifPresent(renewals::add);
        }
        due = renewals.stream().min(Instant::compareTo);
        return all;
    }

    @Override
    public Optional<Instant> due() {
        return due;
    }

    @Override
    public Set<Reference> references() {
        return Set.copyOf(references);
    }

    /** What the sessions are in. */
    Set<String> variables() {
        return Set.copyOf(variables);
    }
}
