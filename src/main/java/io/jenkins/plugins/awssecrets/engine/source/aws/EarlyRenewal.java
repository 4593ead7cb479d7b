package io.jenkins.plugins.awssecrets.engine.source.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Renews a session that ends within five minutes without holding up who asks for it: an STS that hangs or fails does
 * not matter while the session is good. In its last minute callers wait for a new one.
 */
final class EarlyRenewal implements AwsCredentialsProvider {
    /** The SDK's own times: StsCredentialsProvider renews from five minutes before the end, and must from one. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    private final AwsCredentialsProvider provider;
    private final Clock clock;
    private final Executor background;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Optional<AwsCredentials> session = Optional.empty();
    private volatile Instant nextTry = Instant.MIN;

    /**
     * @param provider asks for a new session when the one it gave is near its end
     * @param background runs renewals
     */
    EarlyRenewal(AwsCredentialsProvider provider, Clock clock, Executor background) {
        this.provider = provider;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Optional<AwsCredentials> now = session.filter(known -> left(known).compareTo(LATE) > 0);
        if (now.isEmpty()) {
            return renewed();
        }
        if (left(now.get()).compareTo(EARLY) <= 0
                && !clock.instant().isBefore(nextTry)
                && renewing.compareAndSet(false, true)) {
            nextTry = clock.instant().plus(BETWEEN_TRIES);
            background.execute(this::renew);
        }
        return session.orElse(now.get());
    }

    private void renew() {
        try {
            renewed();
        } catch (RuntimeException e) {
            // The session is good for a while. Who needs a new one and cannot have it is told why.
            return;
        } finally {
            renewing.set(false);
        }
    }

    private AwsCredentials renewed() {
        AwsCredentials fresh = provider.resolveCredentials();
        session = Optional.of(fresh);
        return fresh;
    }

    private Duration left(AwsCredentials credentials) {
        return credentials
                .expirationTime()
                .map(end -> Duration.between(clock.instant(), end))
                .orElse(Duration.ZERO);
    }
}
