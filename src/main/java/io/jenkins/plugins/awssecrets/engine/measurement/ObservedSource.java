package io.jenkins.plugins.awssecrets.engine.measurement;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells an observer of each call that reaches a source. Put behind a breaker, so that calls which are not made are not
 * counted.
 */
public class ObservedSource extends ForwardingSource {
    private final SecretSource source;
    private final CallObserver observer;
    private final Clock clock;

    private ObservedSource(SecretSource source, CallObserver observer, Clock clock) {
        this.source = source;
        this.observer = observer;
        this.clock = clock;
    }

    /** The source, observed; a {@link LeasedSource} stays one. It is closed with what is returned. */
    public static ObservedSource around(SecretSource source, CallObserver observer, Clock clock) {
        return source instanceof LeasedSource leased
                ? new Leased(leased, observer, clock)
                : new ObservedSource(source, observer, clock);
    }

    @Override
    protected SecretSource target() {
        return source;
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        return observed(Operation.FETCH, () -> source.fetch(locators, deadline), outcomes -> outcomes.values().stream()
                .flatMap(o -> o instanceof Outcome.Failed failed ? Stream.of(failed.why()) : Stream.empty()));
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return observed(Operation.LIST, () -> source.list(deadline), listing -> Stream.empty());
    }

    @Override
    public List<String> below(String path, Deadline deadline) {
        return observed(Operation.LIST, () -> source.below(path, deadline), names -> Stream.empty());
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return observed(Operation.CHECK, () -> source.check(deadline), findings -> findings.stream()
                .flatMap(finding -> finding.problem().stream()));
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return observed(
                Operation.INSPECT, () -> source.inspect(about, deadline), inventory -> inventory.problem().stream());
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return source.forBuild(build).map(session -> around(session, observer, clock));
    }

    /** @param problems those that its result tells */
    <T> T observed(Operation operation, Supplier<T> call, Function<T, Stream<SecretException>> problems) {
        long start = System.nanoTime();
        Map<Problem, SecretException> met = new EnumMap<>(Problem.class);
        try {
            T result = call.get();
            problems.apply(result).forEach(why -> met.putIfAbsent(why.problem(), why));
            return result;
        } catch (SecretException e) {
            met.put(e.problem(), e);
            throw e;
        } catch (RuntimeException | Error e) {
            met.put(
                    Problem.INTERNAL,
                    new SecretException(
                            Problem.INTERNAL,
                            "source " + id(),
                            "an unexpected " + e.getClass().getName(),
                            "report this as a defect"));
            throw e;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            observer.ended(new SourceCall(id(), operation, clock.instant(), took, List.copyOf(met.values())));
        }
    }

    private static final class Leased extends ObservedSource implements LeasedSource {
        private final LeasedSource source;

        Leased(LeasedSource source, CallObserver observer, Clock clock) {
            super(source, observer, clock);
            this.source = source;
        }

        @Override
        public Lease renew(Lease lease, Deadline deadline) {
            return observed(Operation.RENEW, () -> source.renew(lease, deadline), renewed -> Stream.empty());
        }

        @Override
        public void revoke(Lease lease, Deadline deadline) {
            observed(
                    Operation.REVOKE,
                    () -> {
                        source.revoke(lease, deadline);
                        return lease;
                    },
                    revoked -> Stream.empty());
        }
    }
}
