package io.jenkins.plugins.awssecrets.config.sources;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A source that is made at its first call, and not by whoever only asks for it: what it logs in with is looked up among
 * Jenkins' credentials, which may take a while or fail. A source that could not be made is tried again at the next
 * call, so that a credential that came later counts.
 */
final class LazySource implements LeasedSource {
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
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        return calling(source -> source.fetch(locators, deadline));
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return calling(source -> source.list(deadline));
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        try {
            return calling(source -> source.check(deadline));
        } catch (SecretException e) {
            return List.of(new SourceCheck("set up", true, Optional.of(e)));
        }
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        try {
            return calling(source -> source.inspect(about, deadline));
        } catch (SecretException e) {
            return new Inventory(List.of(), false, Map.of(), Optional.empty(), Optional.of(e));
        }
    }

    @Override
    public List<String> below(String path, Deadline deadline) {
        return calling(source -> source.below(path, deadline));
    }

    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        return calling(source -> leased(source).renew(lease, deadline));
    }

    @Override
    public void revoke(Lease lease, Deadline deadline) {
        calling(source -> {
            leased(source).revoke(lease, deadline);
            return lease;
        });
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return calling(source -> source.forBuild(build));
    }

    @Override
    public String identity() {
        return Optional.ofNullable(opened).map(SecretSource::identity).orElseGet(LeasedSource.super::identity);
    }

    @Override
    public String identityInFull() {
        return Optional.ofNullable(opened)
                .map(SecretSource::identityInFull)
                .orElseGet(LeasedSource.super::identityInFull);
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

    private <T> T calling(Function<SecretSource, T> call) {
        return call.apply(opened());
    }

    private synchronized SecretSource opened() {
        if (closed) {
            throw new SecretException(
                    Problem.ABORTED, "source " + id, "its configuration changed in the meantime", "run it again");
        }
        if (opened == null) {
            opened = open.get();
        }
        return opened;
    }

    private LeasedSource leased(SecretSource source) {
        if (source instanceof LeasedSource leased) {
            return leased;
        }
        throw new SecretException(
                Problem.INTERNAL, "source " + id, "its secrets have no leases", "report this as a defect");
    }
}
