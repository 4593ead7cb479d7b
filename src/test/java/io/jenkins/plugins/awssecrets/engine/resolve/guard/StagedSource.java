package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** Answers when the test lets it: the name and the number of the call that read it. */
final class StagedSource extends FakeSource implements LeasedSource {
    final CompletableFuture<Boolean> gate = new CompletableFuture<>();
    final List<Set<Locator>> calls = new CopyOnWriteArrayList<>();
    volatile Optional<Problem> failure = Optional.empty();
    final Set<Lease> revoked = ConcurrentHashMap.newKeySet();
    final Set<String> ungated = ConcurrentHashMap.newKeySet();
    volatile boolean leases;

    StagedSource() {
        super("sm", SourceKind.VAULT);
    }

    void awaitCalls(int count) {
        while (calls.size() < count) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        int number;
        synchronized (calls) {
            calls.add(Set.copyOf(locators));
            number = calls.size();
        }
        try {
            if (!locators.stream().map(Locator::name).allMatch(ungated::contains)) {
                gate.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Problem.ABORTED, "source sm", "interrupted", "run it again");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        failWhenTold();
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        locators.forEach(locator ->
                outcomes.put(locator, new Outcome.Found(GuardedSourceTest.payload(locator.name() + number, leases))));
        return outcomes;
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        failWhenTold();
        return List.of();
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return List.of(GuardedSourceTest.check(
                failure.map(problem -> new SecretException(problem, "source sm", "it is down", "start it"))));
    }

    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        failWhenTold();
        return lease;
    }

    @Override
    public void revoke(Lease lease, Deadline deadline) {
        failWhenTold();
        revoked.add(lease);
    }

    private void failWhenTold() {
        failure.ifPresent(problem -> {
            throw new SecretException(problem, "source sm", "it is down", "start it");
        });
    }
}
