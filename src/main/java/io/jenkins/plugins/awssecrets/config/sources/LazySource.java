package io.jenkins.plugins.awssecrets.config.sources;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A source that is made at its first call, and not by whoever only asks for it: what it logs in with is looked up among
 * Jenkins' credentials, which may take a while or fail. A source that could not be made is tried again at the next
 * call, so that a credential that came later counts.
 */
final class LazySource extends ForwardingSource implements LeasedSource {
    private final String id;
    private final SourceKind kind;
    private final Supplier<SecretSource> open;
    private volatile SecretSource opened;
    private boolean closed;

    /** @param open makes the source; may throw a {@link SecretException} */
    LazySource(String id, SourceKind kind, Supplier<SecretSource> open) {
        this.id = id;
        this.kind = kind;
        this.open = open;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SourceKind kind() {
        return kind;
    }

    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        return leasedTarget().renew(lease, deadline);
    }

    @Override
    public void revoke(Lease lease, Deadline deadline) {
        leasedTarget().revoke(lease, deadline);
    }

    @Override
    public String identity() {
        return Optional.ofNullable(opened).map(SecretSource::identity).orElse(CONTROLLER);
    }

    @Override
    public String identityInFull() {
        return Optional.ofNullable(opened).map(SecretSource::identityInFull).orElse(CONTROLLER);
    }

    @Override
    public Optional<LoginLife> login() {
        // Without the lock: whoever only looks does not wait for credentials to be looked up.
        return Optional.ofNullable(opened).flatMap(SecretSource::login);
    }

    @Override
    public void close() {
        Optional<SecretSource> last;
        synchronized (this) {
            closed = true;
            last = Optional.ofNullable(opened);
            opened = null;
        }
        // Outside of the lock, as it may revoke a token over the network.
        last.ifPresent(SecretSource::close);
    }

    @Override
    protected synchronized SecretSource target() {
        if (closed) {
            throw new SecretException(
                    Problem.ABORTED, "source " + id, "its configuration changed in the meantime", "run it again");
        }
        if (opened == null) {
            opened = open.get();
        }
        return opened;
    }
}
