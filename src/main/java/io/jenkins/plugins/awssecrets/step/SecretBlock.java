package io.jenkins.plugins.awssecrets.step;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Enters a block: looks its bindings up, fetches all they need in one batch, masks it and makes its variables. */
final class SecretBlock {
    /** For all calls of a block, with retries. An abort ends them sooner. */
    private static final Duration BUDGET = Duration.ofMinutes(2);

    private final Run<?, ?> run;
    private final TaskListener listener;

    SecretBlock(Run<?, ?> run, TaskListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /** Blocks on the network: never to be called on a CPS thread. */
    BoundVariables enter(List<SecretBinding> bindings) {
        JobView view = JobView.of(run.getParent());
        BindingPlan plan = new BindingPlan();
        List<Use> uses = new ArrayList<>();
        for (SecretBinding binding : bindings) {
            uses.add(binding.addTo(plan, view));
        }
        BuildSecrets secrets = BuildSecrets.of(run);
        Snapshot snapshot = secrets.resolve(view.catalog(), plan.references(), Deadline.in(BUDGET));
        BoundEnvironment bound = plan.bind(snapshot);
        // Before the first line is printed: a name may repeat a value.
        secrets.mask(bound.secrets());
        report(uses, snapshot, bound);
        return new BoundVariables(texts(bound), bound.sensitive());
    }

    private void report(List<Use> uses, Snapshot snapshot, BoundEnvironment bound) {
        UseReport report = new UseReport(snapshot, Clock.systemUTC());
        uses.forEach(use -> listener.getLogger().println(report.line(use)));
        for (String variable : bound.unmasked()) {
            listener.getLogger()
                    .println(variable + " is not masked: a value of fewer than " + BoundEnvironment.SHORTEST_MASKED
                            + " bytes would shred the log");
        }
    }

    private static Map<String, String> texts(BoundEnvironment bound) {
        Map<String, String> texts = new LinkedHashMap<>();
        bound.variables().forEach((name, value) -> texts.put(name, text(name, value)));
        return texts;
    }

    private static String text(String name, SecretValue value) {
        if (!value.isText() || value.reveal().indexOf('\0') >= 0) {
            throw new SecretException(
                    Problem.BINARY,
                    "variable " + name,
                    "the value is binary, which no variable can hold",
                    "declare a credential of the kind file and bind it with file(...)");
        }
        return value.reveal();
    }
}
