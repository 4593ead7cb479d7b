package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The SDK's standard retry mode (three attempts, exponential backoff with jitter, {@code Retry-After} honoured), which
 * gives up at once when the next wait would outlast the call's deadline. The caller then learns what the service last
 * said, where a wait to the deadline would only tell that time ran out.
 */
final class DeadlineRetries implements StandardRetryStrategy {
    private final StandardRetryStrategy standard = AwsRetryStrategy.standardRetryStrategy();
    private final ThreadLocal<Deadline> current = new ThreadLocal<>();

    /** Makes a call of a synchronous client; its retries end by the deadline. */
    <T> T during(Deadline deadline, Callable<T> call) throws Exception {
        current.set(deadline);
        try {
            return call.call();
        } finally {
            current.remove();
        }
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        RefreshRetryTokenResponse next = standard.refreshRetryToken(request);
        Optional<Duration> left = Optional.ofNullable(current.get()).map(Deadline::remaining);
        if (left.isPresent() && next.delay().compareTo(left.get()) >= 0) {
            throw new TokenAcquisitionFailedException("the wait is longer than the deadline", next.token(), null);
        }
        return next;
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        return standard.acquireInitialToken(request);
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return standard.recordSuccess(request);
    }

    @Override
    public int maxAttempts() {
        return standard.maxAttempts();
    }

    /** False: the defaults are in, and a rebuilt strategy would lose the deadline. */
    @Override
    public boolean useClientDefaults() {
        return false;
    }

    @Override
    public Builder toBuilder() {
        return standard.toBuilder();
    }
}
