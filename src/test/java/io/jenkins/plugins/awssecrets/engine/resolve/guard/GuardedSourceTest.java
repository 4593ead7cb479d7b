package io.jenkins.plugins.awssecrets.engine.resolve.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker.Phase;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedSourceTest {
    private static final Locator A = locator("a");
    private static final Locator B = locator("b");

    private final ExecutorService builds = Executors.newCachedThreadPool();
    private final StagedSource source = new StagedSource();
    private final GuardedSource guarded = GuardedSource.around(source);

    @AfterEach
    void stop() {
        source.gate.complete(true);
        builds.shutdownNow();
    }

    @Test
    void whoAsksWhileAReadIsUnderWaySharesIt() throws Exception {
        List<CompletableFuture<Map<Locator, Outcome>>> fetches = new ArrayList<>();
        fetches.add(fetch(A, B));
        source.awaitCalls(1);
        IntStream.range(0, 20).forEach(i -> fetches.add(fetch(A, B)));
        awaitWaiting(20);
        source.gate.complete(true);

        for (CompletableFuture<Map<Locator, Outcome>> fetch : fetches) {
            assertThat(text(fetch.get(), A)).isEqualTo("a1");
            assertThat(text(fetch.get(), B)).isEqualTo("b1");
        }
        assertThat(source.calls).hasSize(1);
    }

    @Test
    void whatNobodyReadsIsReadInOneBatchBesides() throws Exception {
        CompletableFuture<Map<Locator, Outcome>> first = fetch(A);
        source.awaitCalls(1);
        CompletableFuture<Map<Locator, Outcome>> second = fetch(A, B, locator("c"));
        source.awaitCalls(2);
        source.gate.complete(true);

        assertThat(first.get()).containsOnlyKeys(A);
        assertThat(second.get()).containsOnlyKeys(A, B, locator("c"));
        assertThat(source.calls).containsExactly(Set.of(A), Set.of(B, locator("c")));
    }

    @Test
    void aValueIsForgottenWhenItsReadEnds() {
        source.gate.complete(true);

        assertThat(text(guarded.fetch(List.of(A), soon()), A)).isEqualTo("a1");
        assertThat(text(guarded.fetch(List.of(A), soon()), A)).isEqualTo("a2");
    }

    @Test
    void versionsOfASecretAreNotTakenForEachOther() throws Exception {
        Locator old = new Locator("sm", "a", Optional.of("AWSPREVIOUS"));
        CompletableFuture<Map<Locator, Outcome>> first = fetch(A);
        source.awaitCalls(1);
        CompletableFuture<Map<Locator, Outcome>> second = fetch(old);
        source.awaitCalls(2);
        source.gate.complete(true);

        assertThat(first.get()).containsOnlyKeys(A);
        assertThat(second.get()).containsOnlyKeys(old);
    }

    @Test
    void anAbortWhileWaitingForAnotherRevokesTheLeaseOfWhatWasReadMeanwhile() throws Exception {
        source.leases = true;
        source.ungated.add(A.name());
        fetch(B);
        source.awaitCalls(1);
        CompletableFuture<SecretException> aborted = new CompletableFuture<>();
        Thread build = new Thread(() -> {
            try {
                guarded.fetch(List.of(A, B), soon());
            } catch (SecretException e) {
                aborted.complete(e);
            }
        });
        build.start();
        source.awaitCalls(2);
        assertThat(source.revoked).isEmpty();

        build.interrupt();

        assertThat(aborted.get().problem()).isEqualTo(Problem.ABORTED);
        assertThat(source.revoked).hasSize(1);
    }

    @Test
    void aDynamicSecretIsNeverShared() throws Exception {
        source.leases = true;
        CompletableFuture<Map<Locator, Outcome>> first = fetch(A);
        source.awaitCalls(1);
        CompletableFuture<Map<Locator, Outcome>> second = fetch(A);
        awaitWaiting(1);
        source.gate.complete(true);
        Map<Locator, Outcome> third = guarded.fetch(List.of(A), soon());

        assertThat(List.of(text(first.get(), A), text(second.get(), A), text(third, A)))
                .doesNotHaveDuplicates();
        assertThat(source.calls).hasSize(3);
    }

    @Test
    void anAbortOfTheOneWhoReadsDoesNotHitThoseWhoWait() throws Exception {
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        CompletableFuture<SecretException> aborted = CompletableFuture.supplyAsync(
                () -> {
                    reader.complete(Thread.currentThread());
                    return catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon()));
                },
                builds);
        source.awaitCalls(1);
        CompletableFuture<Map<Locator, Outcome>> other = fetch(A);
        awaitWaiting(1);
        reader.get().interrupt();
        assertThat(aborted.get().problem()).isEqualTo(Problem.ABORTED);
        source.awaitCalls(2);
        source.gate.complete(true);

        assertThat(text(other.get(), A)).isEqualTo("a2");
    }

    @Test
    void anAbortOfOneWhoWaitsEndsItsWaitAtOnceAndNothingElse() throws Exception {
        CompletableFuture<Map<Locator, Outcome>> reading = fetch(A);
        source.awaitCalls(1);
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        CompletableFuture<SecretException> aborted = CompletableFuture.supplyAsync(
                () -> {
                    waiter.complete(Thread.currentThread());
                    return catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon()));
                },
                builds);
        awaitWaiting(1);
        waiter.get().interrupt();

        assertThat(aborted.get().problem()).isEqualTo(Problem.ABORTED);
        assertThat(reading).isNotDone();
        source.gate.complete(true);
        assertThat(text(reading.get(), A)).isEqualTo("a1");
    }

    @Test
    void whoWaitsWaitsNoLongerThanItsOwnDeadline() {
        fetch(A);
        source.awaitCalls(1);

        Outcome outcome =
                guarded.fetch(List.of(A), Deadline.in(Duration.ofMillis(50))).get(A);

        assertThat(((Outcome.Failed) outcome).why().problem()).isEqualTo(Problem.TIMEOUT);
    }

    @Test
    void aFailureOfTheSourceIsToldToAllWhoWait() throws Exception {
        source.failure = Optional.of(Problem.UNREACHABLE);
        CompletableFuture<SecretException> reading = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon())), builds);
        source.awaitCalls(1);
        CompletableFuture<Map<Locator, Outcome>> waiting = fetch(A);
        awaitWaiting(1);
        source.gate.complete(true);

        assertThat(reading.get().problem()).isEqualTo(Problem.UNREACHABLE);
        SecretException told = ((Outcome.Failed) waiting.get().get(A)).why();
        assertThat(told.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(told.subject()).isEqualTo("sm:a");
        assertThat(source.calls).hasSize(1);
    }

    @Test
    void aSourceThatIsDownIsNotCalledAnyMoreByAnyWay() {
        source.gate.complete(true);
        source.failure = Optional.of(Problem.UNREACHABLE);
        for (int i = 0; i < 10; i++) {
            catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon()));
        }
        LeasedSource leased = (LeasedSource) guarded;

        assertThat(source.calls).hasSize(3);
        assertThat(guarded.state().phase()).isEqualTo(Phase.OPEN);
        assertThat(catchThrowableOfType(SecretException.class, () -> guarded.list(soon()))
                        .reason())
                .startsWith("paused after");
        assertThat(catchThrowableOfType(SecretException.class, () -> leased.revoke(new Lease("l", 1, true), soon()))
                        .reason())
                .startsWith("paused after");
        assertThat(catchThrowableOfType(SecretException.class, () -> leased.renew(new Lease("l", 1, true), soon()))
                        .reason())
                .startsWith("paused after");
    }

    @Test
    void aConnectionTestIsMadeAllTheSameAndClosesTheBreaker() {
        source.gate.complete(true);
        source.failure = Optional.of(Problem.UNREACHABLE);
        for (int i = 0; i < 3; i++) {
            catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon()));
        }
        guarded.check(soon());
        assertThat(guarded.state().phase()).isEqualTo(Phase.OPEN);

        source.failure = Optional.empty();
        assertThat(guarded.check(soon())).hasSize(1);

        assertThat(guarded.state().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void anEmptyListingTellsNothingOfABackend() {
        source.gate.complete(true);
        source.failure = Optional.of(Problem.UNREACHABLE);
        for (int i = 0; i < 3; i++) {
            catchThrowableOfType(SecretException.class, () -> guarded.fetch(List.of(A), soon()));
            source.failure = Optional.empty();
            if (i < 2) {
                guarded.list(soon());
            }
            source.failure = Optional.of(Problem.UNREACHABLE);
        }

        assertThat(guarded.state().phase()).isEqualTo(Phase.OPEN);
    }

    private CompletableFuture<Map<Locator, Outcome>> fetch(Locator... locators) {
        return CompletableFuture.supplyAsync(() -> guarded.fetch(List.of(locators), soon()), builds);
    }

    /** Until so many wait for what another reads. */
    private static void awaitWaiting(int count) {
        while (Thread.getAllStackTraces().values().stream()
                        .filter(stack -> List.of(stack).stream()
                                .anyMatch(f -> f.getClassName().equals(SharedReads.class.getName())
                                        && f.getMethodName().equals("await")))
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    private static Locator locator(String name) {
        return new Locator("sm", name, Optional.empty());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static String text(Map<Locator, Outcome> outcomes, Locator locator) {
        return ((Outcome.Found) outcomes.get(locator)).payload().value().reveal();
    }

    static SecretPayload payload(String value, boolean leased) {
        SecretPayload plain = SecretPayload.text(SecretValue.of(value), Optional.of("1"));
        return leased
                ? new SecretPayload(
                        plain.shape(),
                        plain.value(),
                        true,
                        plain.version(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(new Lease("lease of " + value, 60, true)))
                : plain;
    }

    static SourceCheck check(Optional<SecretException> problem) {
        return new SourceCheck("reach", true, problem);
    }
}
