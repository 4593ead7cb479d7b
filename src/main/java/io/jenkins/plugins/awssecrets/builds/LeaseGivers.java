package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.BuildSessions;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who gave the leases of a build: a session of the build's own, or a source that all builds read from alike. */
final class LeaseGivers implements LeaseKeeper.Givers {
    private static final Logger LOGGER = Logger.getLogger(LeaseGivers.class.getName());
    private static final Duration CALL = Duration.ofSeconds(10);

    private final BuildSessions sessions;

    LeaseGivers(BuildSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<SecretSource> of(Placed secret, Lease lease) {
        return session(secret, lease)
                .or(() -> Catalog.get().source(secret.place(), secret.locator().source()));
    }

    /** The session whose end is the lease's end too; empty where the source itself gave it. */
    Optional<SecretSource> session(Placed secret, Lease lease) {
        return sessions.all().stream()
                .filter(session -> Catalog.gave(session, lease))
                .findFirst()
                .or(() -> Catalog.get()
                        .present(secret.place(), secret.locator().source())
                        .flatMap(this::fromBefore));
    }

    /** The session as it was before the controller was restarted. */
    private Optional<SecretSource> fromBefore(SecretSource source) {
        SecretSource session = sessions.of(source);
        return session == source ? Optional.empty() : Optional.of(session);
    }

    /**
     * Revokes a lease that a session gave; one that cannot be revoked by itself ends with the session, unless it is a
     * certificate. Whoever finds one of these after the build tries again.
     *
     * @return why it was not revoked
     */
    Optional<String> revoke(Run<?, ?> run, SecretSource session, Placed secret, Lease lease) {
        try {
            if (session instanceof LeasedSource leased) {
                leased.revoke(lease, Deadline.in(CALL));
            }
            Remainders.get().forgetCertificate(run, lease);
            return Optional.empty();
        } catch (SecretException e) {
            if (e.problem() == Problem.DENIED || e.problem() == Problem.NOT_FOUND) {
                Remainders.get().forgetCertificate(run, lease);
            }
            LOGGER.log(Level.FINE, "The lease of {0} ends with its build: {1}", new Object[] {
                secret.locator(), e.explanation()
            });
            return Optional.of(e.explanation());
        }
    }
}
