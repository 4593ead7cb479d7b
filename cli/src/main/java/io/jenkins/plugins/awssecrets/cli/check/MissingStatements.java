package io.jenkins.plugins.awssecrets.cli.check;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.policy.NeededPolicies;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Finding;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which statement of the least IAM policy, as {@code policy} prints it, gives what a caller lacks. */
final class MissingStatements {
    /** The policy is an extra here: a source that is late must not hold the report up for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<IamPolicy> policies;

    private MissingStatements(List<IamPolicy> policies) {
        this.policies = policies;
    }

    /** Asks the sources for what the policy is made of, if anything was denied at all. */
    static MissingStatements of(Configuration configuration, List<Examined> examined, Deadline deadline)
            throws InterruptedException {
        boolean denied = examined.stream()
                .flatMap(e -> e.findings().stream())
                .flatMap(f -> f.permission().stream())
                .anyMatch(MissingStatements::isOfIam);
        if (!denied) {
            return new MissingStatements(List.of());
        }
        Duration left = deadline.remaining();
        try {
            return new MissingStatements(
                    NeededPolicies.of(configuration, Deadline.in(left.compareTo(PATIENCE) < 0 ? left : PATIENCE))
                            .iam());
        } catch (SecretException e) {
            // What is wrong is told already, with the action and the resource.
            return new MissingStatements(List.of());
        }
    }

    /**
     * Its {@code Sid}; empty where the least policy has none for it, as for what only a search needs, and where an
     * explicit deny refuses, which no statement that allows can fix.
     */
    Optional<String> sid(Finding finding) {
        if (finding.reason().contains("explicit deny")) {
            return Optional.empty();
        }
        return finding.permission().filter(MissingStatements::isOfIam).flatMap(lacking -> policies.stream()
                .filter(policy ->
                        finding.source().filter(policy.sources()::contains).isPresent())
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.grants(lacking))
                .map(statement -> statement.sid())
                .findFirst());
    }

    private static boolean isOfIam(Permission permission) {
        return permission.action().contains(":");
    }
}
