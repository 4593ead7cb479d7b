package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.resolve.BuildSessions;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Optional;

/** Who gave the leases of a build: a session of the build's own, or a source that all builds read from alike. */
final class LeaseGivers implements LeaseKeeper.Givers {
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
}
