package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResolverTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FakeSource ssm = new FakeSource("ssm", SourceKind.SSM);
    private final FakeSource sm = new FakeSource("sm", SourceKind.SECRETS_MANAGER);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void fieldsOfOneSecretAreReadOnceAndInOneBatchASource() {
        sm.with("ci/docker", "{\"username\":\"u\",\"password\":\"p\"}").with("other", "o");

        Snapshot snapshot = resolve(sm, "sm:ci/docker#username", "sm:ci/docker#password", "sm:other");

        assertThat(sm.batches).hasSize(1);
        assertThat(sm.batches.get(0)).hasSize(2);
        assertThat(value(snapshot, "sm:ci/docker#password")).isEqualTo("p");
        assertThat(value(snapshot, "sm:other")).isEqualTo("o");
    }

    @Test
    void sourcesAreReadInParallel() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Snapshot snapshot =
                resolve(List.of(new Meeting("ssm", both), new Meeting("sm", both)), Map.of(), "ssm:a", "sm:b");

        assertThat(snapshot.payloads()).hasSize(2);
    }

    @Test
    void everyFailureIsNamedAndNothingIsGiven() {
        sm.with("there", "v");
        SecretException failure =
                catchThrowableOfType(SecretException.class, () -> resolve(sm, "sm:there", "sm:gone", "sm:lost"));

        assertThat(failure).isInstanceOf(ResolutionException.class);
        assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(failure.getMessage()).contains("sm:gone", "sm:lost").doesNotContain("sm:there", "\n");
    }

    @Test
    void aSourceNobodyConfiguredIsAnError() {
        assertThatThrownBy(() -> resolve(sm, "nowhere:x")).hasMessageContaining("no such source");
    }

    @Test
    void pinnedVersionsAreReadAgain() {
        sm.with("s", SecretPayload.text(SecretValue.of("new"), Optional.of("2")))
                .with("s@1", SecretPayload.text(SecretValue.of("old"), Optional.of("1")));
        Map<Locator, String> pins = Map.of(new Locator("sm", "s", Optional.empty()), "1");

        Snapshot snapshot = resolve(List.of(sm), pins, "sm:s");

        assertThat(value(snapshot, "sm:s")).isEqualTo("old");
        assertThat(snapshot.pins()).isEqualTo(pins);
    }

    @Test
    void anUnexpectedExceptionsTextIsNotPassedOn() {
        FakeSource broken = new FakeSource("sm", SourceKind.SECRETS_MANAGER) {
            @Override
            public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
                throw new IllegalStateException("canary-in-a-message");
            }
        };

        assertThatThrownBy(() -> resolve(broken, "sm:x"))
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void aHangingSourceEndsWithTheDeadlineAndIsInterrupted() throws Exception {
        Hanging hanging = new Hanging();

        assertThatThrownBy(() -> resolver(List.of(hanging))
                        .resolve(List.of(Reference.parse("sm:x")), Deadline.in(Duration.ofMillis(50))))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TIMEOUT));
        assertThat(hanging.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitAndTheCalls() throws Exception {
        Hanging hanging = new Hanging();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread build = new Thread(() -> {
            try {
                resolve(hanging, "sm:x");
            } catch (SecretException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        build.start();
        assertThat(hanging.started.await(10, TimeUnit.SECONDS)).isTrue();

        build.interrupt();
        build.join();

        assertThat(thrown.get()).isInstanceOfSatisfying(SecretException.class, e -> assertThat(e.problem())
                .isEqualTo(Problem.ABORTED));
        assertThat(flag).isTrue();
        assertThat(hanging.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Snapshot resolve(FakeSource source, String... references) {
        return resolve(List.of(source), Map.of(), references);
    }

    private Snapshot resolve(List<FakeSource> sources, Map<Locator, String> pins, String... references) {
        return resolver(sources)
                .resolve(
                        Stream.of(references).map(Reference::parse).toList(),
                        pins,
                        Deadline.in(Duration.ofSeconds(20)));
    }

    private Resolver resolver(List<FakeSource> sources) {
        return new Resolver(new Sources(sources), executor);
    }

    private static String value(Snapshot snapshot, String reference) {
        return snapshot.value(Reference.parse(reference), false, false).reveal();
    }

    /** Answers when the other one is asked too. */
    private static final class Meeting extends FakeSource {
        private final CyclicBarrier both;

        Meeting(String id, CyclicBarrier both) {
            super(id, SourceKind.SSM);
            this.both = both;
            with("a", "1").with("b", "2");
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return super.fetch(locators, deadline);
        }
    }

    private static final class Hanging extends FakeSource {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        Hanging() {
            super("sm", SourceKind.SECRETS_MANAGER);
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Map.of();
        }
    }
}
