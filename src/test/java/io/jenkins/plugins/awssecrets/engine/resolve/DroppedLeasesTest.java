package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All or nothing holds for leases too: those of a snapshot that nobody gets are revoked. */
@Timeout(30)
class DroppedLeasesTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Leasing vault = new Leasing();
    private final FakeSource sm = new FakeSource("sm", SourceKind.SECRETS_MANAGER);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void aFailureOfAnotherSourceRevokesThem() {
        SecretException failure = failure("vault:aws/creds/a", "vault:aws/creds/b", "sm:gone");

        assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(vault.revoked).containsExactlyInAnyOrder("lease-of-aws/creds/a", "lease-of-aws/creds/b");
    }

    @Test
    void aFailureInTheSameSourceRevokesThem() {
        failure("vault:aws/creds/a", "vault:gone");

        assertThat(vault.revoked).containsExactly("lease-of-aws/creds/a");
    }

    @Test
    void aSnapshotThatIsGivenKeepsThem() {
        sm.with("there", "v");

        resolve("vault:aws/creds/a", "sm:there");

        assertThat(vault.revoked).isEmpty();
    }

    @Test
    void oneThatCannotBeRevokedIsToldBesideTheFailure() {
        vault.denies = true;

        SecretException failure = failure("vault:aws/creds/a", "sm:gone");

        assertThat(failure.getMessage()).startsWith("sm:gone: ");
        assertThat(failure.getSuppressed()).singleElement().isInstanceOfSatisfying(SecretException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.DENIED);
            assertThat(e.getMessage())
                    .startsWith("source vault: an unused lease of 3600 s, renewable could not be revoked")
                    .doesNotContain("lease-of");
        });
    }

    @Test
    void oneThatComesAfterTheDeadlineIsRevokedThen() throws Exception {
        vault.waits = true;

        SecretException failure = catchThrowableOfType(SecretException.class, () -> resolver()
                .resolve(references("vault:aws/creds/a"), Deadline.in(Duration.ofMillis(50))));

        assertThat(failure.problem()).isEqualTo(Problem.TIMEOUT);
        assertThat(vault.revoked).isEmpty();
        vault.goOn.countDown();
        assertThat(vault.revoked.poll(10, TimeUnit.SECONDS)).isEqualTo("lease-of-aws/creds/a");
    }

    @Test
    void anAbortRevokesThoseThatWereReadAndStaysAnAbort() throws Exception {
        Hanging hanging = new Hanging();
        AtomicReference<SecretException> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                new Resolver(new Sources(List.of(vault, hanging)), executor)
                        .resolve(references("vault:aws/creds/a", "sm:x"), Deadline.in(Duration.ofSeconds(20)));
            } catch (SecretException e) {
                thrown.set(e);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        });
        build.start();
        assertThat(vault.read.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.started.await(10, TimeUnit.SECONDS)).isTrue();

        build.interrupt();

        assertThat(vault.revoked.poll(10, TimeUnit.SECONDS)).isEqualTo("lease-of-aws/creds/a");
        build.join();
        assertThat(thrown.get().problem()).isEqualTo(Problem.ABORTED);
        assertThat(vault.revokedWhileInterrupted).isFalse();
    }

    private SecretException failure(String... references) {
        return catchThrowableOfType(SecretException.class, () -> resolve(references));
    }

    private Snapshot resolve(String... references) {
        return resolver().resolve(references(references), Deadline.in(Duration.ofSeconds(20)));
    }

    private Resolver resolver() {
        return new Resolver(new Sources(List.of(vault, sm)), executor);
    }

    private static List<Reference> references(String... references) {
        return Stream.of(references).map(Reference::parse).toList();
    }

    /** Has dynamic secrets below {@code aws/creds}. */
    private static final class Leasing extends FakeSource implements LeasedSource {
        final BlockingQueue<String> revoked = new LinkedBlockingQueue<>();
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch read = new CountDownLatch(1);
        volatile boolean denies;
        volatile boolean waits;
        volatile boolean revokedWhileInterrupted;

        Leasing() {
            super("vault", SourceKind.VAULT);
            with("aws/creds/a", dynamic("lease-of-aws/creds/a")).with("aws/creds/b", dynamic("lease-of-aws/creds/b"));
        }

        private static SecretPayload dynamic(String lease) {
            return new SecretPayload(
                    SecretPayload.Shape.MEMBERS,
                    SecretValue.of("{\"k\":\"v\"}"),
                    true,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(new Lease(lease, 3600, true)));
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            Map<Locator, Outcome> outcomes = super.fetch(locators, deadline);
            boolean interrupted = false;
            while (waits && goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            read.countDown();
            return outcomes;
        }

        @Override
        public Lease renew(Lease lease, Deadline deadline) {
            return lease;
        }

        @Override
        public void revoke(Lease lease, Deadline deadline) {
            revokedWhileInterrupted |= Thread.currentThread().isInterrupted();
            if (denies) {
                throw new SecretException(Problem.DENIED, "source vault", "it may not revoke", "grant it");
            }
            revoked.add(lease.id());
        }
    }

    private static final class Hanging extends FakeSource {
        final CountDownLatch started = new CountDownLatch(1);

        Hanging() {
            super("sm", SourceKind.SECRETS_MANAGER);
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of();
        }
    }
}
