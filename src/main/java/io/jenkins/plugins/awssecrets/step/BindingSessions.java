package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.builds.WaitNotice;
import io.jenkins.plugins.awssecrets.engine.binding.BlockSessions;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.step.binding.RoleSession;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import io.jenkins.plugins.awssecrets.step.binding.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sessions of a block whose bindings name roles. Not for several threads at once. */
final class RoleSessions implements BlockSessions {
    private final List<SecretBinding> bindings = new ArrayList<>();
    private final Set<Reference> references = new LinkedHashSet<>();
    private final EnvVars around;
    private final Run<?, ?> run;
    private final boolean files;
    private Optional<Instant> due = Optional.empty();

    /**
     * @param around the environment that the block is in
     * @param files whether the block has a place for files, without which nothing is renewed
     */
    RoleSessions(List<SecretBinding> bindings, List<Use> uses, EnvVars around, Run<?, ?> run, boolean files) {
        for (int i = 0; i < bindings.size(); i++) {
            if (bindings.get(i).assumesRole()) {
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
        Instant made = Instant.now();
        List<Instant> halves = new ArrayList<>();
        for (SecretBinding binding : bindings) {
            RoleSession session;
            try (WaitNotice ignored = WaitNotice.in(run, "AWS STS")) {
                session = binding.assume(bound.variables(), around, run);
            }
            all = files
                    ? all.withRenewedSession(session.prefix(), session.keys(), session.region())
                    : all.withSession(session.prefix(), session.keys());
            session.keys()
                    .ends()
                    .filter(end -> files)
                    .ifPresent(end ->
                            halves.add(made.plus(Duration.between(made, end).dividedBy(2))));
        }
        due = halves.stream().min(Instant::compareTo);
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
}
