package io.jenkins.plugins.awssecrets.engine.source.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * A session that STS gave. One that ends within five minutes is renewed without holding up who asks for it: an STS that
 * hangs or fails does not matter while the session is good. For the first one, and in a session's last minute, callers
 * wait, one of them asking STS for all, none longer than its deadline.
 */
final class RoleSession implements AwsCredentialsProvider {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    private final Supplier<AwsSessionCredentials> assume;
    private final Supplier<Duration> patience;
    private final Clock clock;
    private final Executor background;
    private final ReentrantLock assuming = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Optional<AwsSessionCredentials> session = Optional.empty();
    private volatile Instant nextTry = Instant.MIN;

    /**
     * @param assume asks STS
     * @param patience how long the calling thread may wait
     * @param background runs renewals
     */
    RoleSession(Supplier<AwsSessionCredentials> assume, Supplier<Duration> patience, Clock clock, Executor background) {
        this.assume = assume;
        this.patience = patience;
        this.clock = clock;
        this.background = background;
    }

    /** @throws CompletionException when the thread's patience ended, or it was interrupted; else what STS' client throws */
    @Override
    public AwsCredentials resolveCredentials() {
        Optional<AwsSessionCredentials> good = good();
        if (good.isEmpty()) {
            return assumed();
        }
        if (left(good.get()).compareTo(EARLY) <= 0
                && !clock.instant().isBefore(nextTry)
                && renewing.compareAndSet(false, true)) {
            nextTry = clock.instant().plus(BETWEEN_TRIES);
            background.execute(this::renew);
        }
        return session.orElse(good.get());
    }

    private Optional<AwsSessionCredentials> good() {
        return session.filter(known -> left(known).compareTo(LATE) > 0);
    }

    private AwsCredentials assumed() {
        try {
            if (!assuming.tryLock(patience.get().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CompletionException(new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
        try {
            return good().orElseGet(this::fresh);
        } finally {
            assuming.unlock();
        }
    }

    private void renew() {
        try {
            fresh();
        } catch (RuntimeException e) {
            // The session is good for a while. Who needs a new one and cannot have it is told why.
            return;
        } finally {
            renewing.set(false);
        }
    }

    private AwsSessionCredentials fresh() {
        AwsSessionCredentials fresh = assume.get();
        session = Optional.of(fresh);
        return fresh;
    }

    private Duration left(AwsSessionCredentials credentials) {
        return credentials
                .expirationTime()
                .map(end -> Duration.between(clock.instant(), end))
                .orElse(Duration.ZERO);
    }
}
