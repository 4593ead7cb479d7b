package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.resolve.BuildSessions;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The leases of a build, and the sessions that gave them: noted before anybody uses them, renewed for as long as the
 * build needs them, revoked in the end. Safe for use by several threads.
 */
final class BuildLeases {
    private static final Logger LOGGER = Logger.getLogger(BuildLeases.class.getName());

    private final Run<?, ?> run;
    private final BuildIdentity identity;
    private final BuildSessions sessions;
    private final LeaseGivers givers;
    private final LeaseKeeper keeper;
    private final Consumer<String> log;
    private final ReentrantLock ending = new ReentrantLock();
    private boolean certificatesRevoked;

    /** @param log takes lines for the build's log */
    BuildLeases(Run<?, ?> run, BuildIdentity identity, BuildSessions sessions, Consumer<String> log) {
        this.run = run;
        this.identity = identity;
        this.sessions = sessions;
        this.log = log;
        givers = new LeaseGivers(sessions);
        keeper = new LeaseKeeper(givers, log);
    }

    /** One that was given just now. */
    void keep(String place, Locator locator, Lease lease) {
        Placed secret = new Placed(place, locator);
        // That of a session ends with the session, of which a note was made before.
        if (givers.session(secret, lease).isEmpty()) {
            Remainders.get().lease(run, place, locator, lease);
        } else if (lease.isCertificate()) {
            Remainders.get().certificate(run, identity, place, locator, lease);
        }
        keeper.keep(secret, lease);
    }

    /** Those of before the controller was restarted. */
    void keepFromBefore(Map<Placed, Lease> leases) {
        leases.forEach(keeper::keepFromBefore);
    }

    /** Revokes what the build goes on without. Blocks on the network. */
    void revoke(Map<Placed, Lease> leases) {
        leases.forEach((secret, lease) -> {
            keeper.stop(secret);
            Optional<String> failure = givers.session(secret, lease)
                    .map(session -> revoke(session, secret, lease))
                    .orElseGet(() -> Remainders.get().revoke(run, lease));
            // Others end with a token; this one goes on, and somebody may want to know until when.
            failure.filter(why -> lease.isCertificate()).ifPresent(why -> log.accept(secret.locator() + ": " + why));
        });
    }

    private static Optional<String> revoke(SecretSource session, Placed secret, Lease lease) {
        Optional<String> failure = Remainders.revoke(session, lease).map(SecretException::explanation);
        failure.ifPresent(why -> LOGGER.log(
                Level.FINE, "The lease of {0} ends with its build: {1}", new Object[] {secret.locator(), why}));
        return failure;
    }

    /** Renews none any more. */
    void stop() {
        keeper.stop();
    }

    /**
     * Revokes the certificates, which outlive the sessions that gave them, ends the sessions, and lets none begin any
     * more. Who comes second waits for the first. Blocks on the network where a session is to be revoked.
     *
     * @param leases all that the build has
     */
    void endSessions(Supplier<Map<Placed, Lease>> leases) {
        ending.lock();
        try {
            if (!certificatesRevoked) {
                certificatesRevoked = true;
                leases.get().forEach((secret, lease) -> {
                    if (lease.isCertificate()) {
                        givers.session(secret, lease).ifPresent(session -> revoke(session, secret, lease));
                    }
                });
            }
            sessions.end();
        } finally {
            ending.unlock();
        }
    }
}
