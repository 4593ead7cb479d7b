package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
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
 *
 * <p>Throttled answers slow all calls of the source down ({@link RateLimit}). The SDK's own adaptive mode is not used: its
 * limit stays for the client's life and takes the pauses between builds for the rate that the service allows.
 */
public final class DeadlineRetries implements StandardRetryStrategy {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration UNBOUNDED = Duration.ofDays(1);

    private final StandardRetryStrategy standard = AwsRetryStrategy.standardRetryStrategy();
    private final ThreadLocal<Deadline> current;
    private final ThreadLocal<Boolean> replaceable = ThreadLocal.withInitial(() -> false);
    private final RateLimit limit;
    private final RateLimit limitOfReplaceable = new RateLimit(Clock.systemUTC());

    public DeadlineRetries(RateLimit limit) {
        this(limit, new ThreadLocal<>());
    }

    private DeadlineRetries(RateLimit limit, ThreadLocal<Deadline> current) {
        this.limit = limit;
        this.current = current;
    }

    /**
     * The same for a call that others, of another quota, can stand in for: it has a pace of its own, and neither waits for
     * it nor is tried again when it is throttled.
     */
    public <T> T replaceable(Deadline deadline, Callable<T> call) throws Exception {
        replaceable.set(true);
        try {
            return during(deadline, call);
        } finally {
            replaceable.remove();
        }
    }

    /** For calls to another service that are made on the way: within the same deadline, at a pace of their own. */
    public DeadlineRetries ofAnotherService() {
        return new DeadlineRetries(new RateLimit(Clock.systemUTC()), current);
    }

    /** Makes a call of a synchronous client; its retries end by the deadline. */
    public <T> T during(Deadline deadline, Callable<T> call) throws Exception {
        current.set(deadline);
        try {
            return call.call();
        } finally {
            current.remove();
        }
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        boolean throttled = isThrottled(request.failure());
        if (throttled) {
            limit().throttled(request.suggestedDelay().filter(delay -> !delay.isZero()));
        }
        RefreshRetryTokenResponse next = standard.refreshRetryToken(request);
        if (throttled && replaceable.get()) {
            throw new TokenAcquisitionFailedException("other calls stand in for this one", next.token(), null);
        }
        Duration left = left();
        Optional<Duration> pace = next.delay().compareTo(left) < 0 ? limit().reserve(left) : Optional.empty();
        if (pace.isEmpty()) {
            throw new TokenAcquisitionFailedException("the wait is longer than the deadline", next.token(), null);
        }
        return pace.get().compareTo(next.delay()) > 0
                ? RefreshRetryTokenResponse.create(next.token(), pace.get())
                : next;
    }

    private static boolean isThrottled(Throwable failure) {
        return failure instanceof SdkServiceException answer
                && (answer.isThrottlingException() || answer.statusCode() == TOO_MANY_REQUESTS);
    }

    private RateLimit limit() {
        return replaceable.get() ? limitOfReplaceable : limit;
    }

    /** What the call has left that this thread makes; a day outside of one. */
    public Duration left() {
        return Optional.ofNullable(current.get()).map(Deadline::remaining).orElse(UNBOUNDED);
    }

    /** @throws SecretException with {@link Problem#THROTTLED} when the source's pace leaves no time for the call */
    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        AcquireInitialTokenResponse first = standard.acquireInitialToken(request);
        Duration pace = limit().reserve(replaceable.get() ? Duration.ZERO : left())
                .orElseThrow(() -> new SecretException(
                        Problem.THROTTLED,
                        "AWS",
                        "requests are throttled, and the next one is allowed only after the deadline",
                        "try again later, or raise the account's quota"));
        return pace.isZero() ? first : AcquireInitialTokenResponse.create(first.token(), pace);
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
