package io.jenkins.plugins.awssecrets.step;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.credentials.AwsSecretsCredentialsProvider;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.step.binding.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A block's uses that the rules allow: all of them, or there is none. What comes of each is told to the audit. */
final class Admitted {
    private final Run<?, ?> run;
    private final Map<Use, Decision> uses;

    private Admitted(Run<?, ?> run, Map<Use, Decision> uses) {
        this.run = run;
        this.uses = uses;
    }

    /** @throws SecretException that names each use which is refused */
    static Admitted to(Run<?, ?> run, BuildSecrets secrets, List<Use> uses) {
        Map<Use, Decision> allowed = new LinkedHashMap<>();
        List<SecretException> refused = new ArrayList<>();
        for (Use use : uses) {
            Decision decision = use.admit(secrets);
            decision.refusal().ifPresent(why -> {
                use.audit(run).failed(why);
                refused.add(why);
            });
            allowed.put(use, decision);
        }
        if (!refused.isEmpty()) {
            throw ResolutionException.of(refused);
        }
        return new Admitted(run, allowed);
    }

    /** Reads what they need together. */
    Snapshot read(Supplier<Snapshot> reading) {
        try {
            Snapshot snapshot = reading.get();
            uses.forEach((use, decision) -> {
                use.audit(run).used(snapshot, decision.reason());
                use.credential().ifPresent(entry -> AwsSecretsCredentialsProvider.track(run, entry));
            });
            return snapshot;
        } catch (SecretException e) {
            uses.keySet().forEach(use -> use.audit(run).failed(e));
            throw e;
        }
    }
}
