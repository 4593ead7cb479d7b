package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Passes each call on to another source. Whoever stands before a source overrides what it does otherwise. */
public abstract class ForwardingSource implements SecretSource {
    /**
     * The source that is asked.
     *
     * @throws SecretException where there is none at the moment
     */
    protected abstract SecretSource target();

    /** The same as one with leases; a defect of ours where it has none. */
    protected final LeasedSource leasedTarget() {
        if (target() instanceof LeasedSource leased) {
            return leased;
        }
        throw new SecretException(
                Problem.INTERNAL, "source " + id(), "its secrets have no leases", "report this as a defect");
    }

    /** Makes a call that may reach the backend. */
    protected <T> T calling(Function<SecretSource, T> call) {
        return call.apply(target());
    }

    @Override
    public String id() {
        return target().id();
    }

    @Override
    public SourceKind kind() {
        return target().kind();
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
    public List<String> below(String path, Deadline deadline) {
        return calling(source -> source.below(path, deadline));
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        try {
            return calling(source -> source.check(deadline));
        } catch (SecretException e) {
            return List.of(SourceCheck.notSetUp(e));
        }
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        try {
            return calling(source -> source.inspect(about, deadline));
        } catch (SecretException e) {
            return Inventory.failed(e);
        }
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return calling(source -> source.forBuild(build));
    }

    @Override
    public String identity() {
        return target().identity();
    }

    @Override
    public String identityInFull() {
        return target().identityInFull();
    }

    @Override
    public Optional<LoginLife> login() {
        return target().login();
    }

    @Override
    public void close() {
        target().close();
    }
}
