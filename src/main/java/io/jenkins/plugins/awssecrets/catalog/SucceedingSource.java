package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;

/**
 * A source as it is configured now, with those that it was before: a lease is renewed and revoked by the one that gave
 * it, whose login it depends on. All else is the present one's; where the source was removed, there is none.
 */
final class SucceedingSource extends ForwardingSource implements LeasedSource {
    private final Optional<SecretSource> present;
    private final List<RetiringSource> before;

    /** @param before the source's earlier forms that still have leases; at least one */
    SucceedingSource(Optional<SecretSource> present, List<RetiringSource> before) {
        this.present = present;
        this.before = List.copyOf(before);
    }

    @Override
    public String id() {
        return before.get(0).id();
    }

    @Override
    public SourceKind kind() {
        return present.map(SecretSource::kind).orElseGet(() -> before.get(0).kind());
    }

    @Override
    public String identity() {
        return present.map(SecretSource::identity).orElse(CONTROLLER);
    }

    @Override
    public String identityInFull() {
        return present.map(SecretSource::identityInFull).orElse(CONTROLLER);
    }

    @Override
    public Optional<LoginLife> login() {
        return present.flatMap(SecretSource::login);
    }

    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        return giver(lease).renew(lease, deadline);
    }

    @Override
    public void revoke(Lease lease, Deadline deadline) {
        giver(lease).revoke(lease, deadline);
    }

    /** Closes nothing: it is a view of what others own. */
    @Override
    public void close() {
        // Nothing of its own.
    }

    private LeasedSource giver(Lease lease) {
        return before.stream()
                .filter(source -> source.gave(lease))
                .map(LeasedSource.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    // One of before the controller's start, say.
                    if (target() instanceof LeasedSource leased) {
                        return leased;
                    }
                    throw removed();
                });
    }

    @Override
    protected SecretSource target() {
        return present.orElseThrow(this::removed);
    }

    private SecretException removed() {
        return new SecretException(
                Problem.ABORTED, "source " + id(), "it is no longer configured", "configure it again");
    }
}
