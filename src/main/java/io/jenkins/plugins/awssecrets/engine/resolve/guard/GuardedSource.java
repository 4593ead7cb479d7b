package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source behind a {@link Breaker}, whose callers share the reads they ask for at the same time. A connection test
 * or a diagnosis always reaches the source; a test closes the breaker when it finds the source in order.
 */
public class GuardedSource extends ForwardingSource {
    private final SecretSource source;
    private final Breaker breaker;
    private final SharedReads reads;

    private GuardedSource(SecretSource source, Breaker breaker) {
        this.source = source;
        this.breaker = breaker;
        this.reads = new SharedReads(
                source,
                (locators, deadline) -> breaker.call(
                        () -> source.fetch(locators, deadline), (o, waited) -> Verdict.of(o.values(), waited)));
    }

    /** The source, guarded; a {@link LeasedSource} stays one. It is closed with what is returned. */
    public static GuardedSource around(SecretSource source) {
        return around(source, new Breaker("source " + source.id(), Clock.systemUTC()));
    }

    static GuardedSource around(SecretSource source, Breaker breaker) {
        return source instanceof LeasedSource leased ? new Leased(leased, breaker) : new GuardedSource(source, breaker);
    }

    /** Whether its backend is being called. */
    public Breaker.State state() {
        return breaker.state();
    }

    @Override
    protected SecretSource target() {
        return source;
    }

    /** {@inheritDoc} A secret that another caller is reading at this moment is not read once more. */
    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        return reads.fetch(locators, deadline);
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return breaker.call(
                () -> source.list(deadline),
                (listing, waited) -> listing.isEmpty()
                        // A source without a filter lists nothing and makes no call for it.
                        ? new Verdict.Nothing()
                        : new Verdict.Alive());
    }

    @Override
    public List<String> below(String path, Deadline deadline) {
        return breaker.call(() -> source.below(path, deadline), (names, waited) -> new Verdict.Alive());
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        List<SourceCheck> findings = source.check(deadline);
        List<SourceCheck> required =
                findings.stream().filter(SourceCheck::required).toList();
        if (!required.isEmpty() && required.stream().allMatch(SourceCheck::ok)) {
            breaker.close();
        }
        return findings;
    }

    /**
     * {@inheritDoc} A build's session shares the breaker, which knows of outages alone and nothing of names, and no read:
     * each identity is answered by what it may have.
     */
    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return source.forBuild(build).map(session -> around(session, breaker));
    }

    private static final class Leased extends GuardedSource implements LeasedSource {
        private final LeasedSource source;
        private final Breaker breaker;

        Leased(LeasedSource source, Breaker breaker) {
            super(source, breaker);
            this.source = source;
            this.breaker = breaker;
        }

        @Override
        public Lease renew(Lease lease, Deadline deadline) {
            return breaker.call(() -> source.renew(lease, deadline), (renewed, waited) -> new Verdict.Alive());
        }

        @Override
        public void revoke(Lease lease, Deadline deadline) {
            breaker.call(
                    () -> {
                        source.revoke(lease, deadline);
                        return lease;
                    },
                    (revoked, waited) -> new Verdict.Alive());
        }
    }
}
