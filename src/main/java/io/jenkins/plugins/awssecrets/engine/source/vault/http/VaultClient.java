package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to one Vault and namespace. It uses the driver's {@code Rest} and none of the driver's calls above it,
 * as those put the answer's body into their exceptions.
 *
 * <p>A broken connection, 412, 429 and 5xx are tried again up to twice, after {@link Backoff}, as far as deadline and
 * request allow; nothing else is. After a 429 all requests of the source keep a lower pace ({@link RateLimit}). Safe for use by several threads. Connections stay open for the next request; the JDK
 * (17 to 20) has no way to end them but to let go of the client.
 */
public final class VaultClient {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final int UP = 200;

    /**
     * Requests that are under way. With those of a thousand builds that begin together, each would take so long that it
     * is given up; waiting for a place counts as a caller's patience and not as the server's silence.
     */
    static final int AT_ONCE = 64;

    private final String subject;
    private final String where;
    private final Duration requestTimeout;
    private final Backoff backoff;
    private final Clock clock;
    private final Failures failures;
    private final Sender sender;
    private final RateLimit limit;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /**
     * @param subject what errors name as failed: {@code source vault}
     * @param url without {@code /v1}
     * @param requestTimeout of one exchange, from connecting to the answer's last byte
     */
    public VaultClient(
            String subject,
            URI url,
            Optional<String> namespace,
            HttpClient http,
            Duration requestTimeout,
            Backoff backoff,
            Clock clock) {
        this.subject = subject;
        this.where = url + namespace.map(name -> " in namespace " + name).orElse("");
        this.requestTimeout = requestTimeout;
        this.backoff = backoff;
        this.clock = clock;
        this.failures = new Failures(subject, url, proxy(http, url));
        this.sender = new Sender(url, namespace, http, failures);
        this.limit = new RateLimit(clock);
    }

    private static Optional<String> proxy(HttpClient http, URI url) {
        return http.proxy()
                .filter(any -> !VaultAddress.isOfSocket(url))
                .flatMap(routes -> routes.select(url).stream().findFirst())
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(address -> address.getHostString() + ":" + address.getPort());
    }

    /** What errors name as failed. */
    public String subject() {
        return subject;
    }

    /** The address, and the namespace where there is one, for messages. */
    public String where() {
        return where;
    }

    /**
     * Sends a request and gives Vault's answer.
     *
     * @return an answer of status 2xx or 4xx other than 429
     * @throws SecretException {@code UNREACHABLE}, {@code THROTTLED}, {@code TIMEOUT} or {@code ABORTED}
     */
    public VaultAnswer send(VaultRequest request, Optional<SecretValue> token, Deadline deadline) {
        pause(pace(deadline).orElseThrow(failures::throttledBefore));
        for (int attempt = 1; ; attempt++) {
            Attempt tried = sent(request, token, deadline);
            Optional<Duration> retryAfter = tried.retryAfter(clock);
            if (tried.isThrottled()) {
                limit.throttled(retryAfter);
            }
            Optional<Duration> pause = tried.mayRepeat(request)
                    ? backoff.before(attempt, retryAfter)
                            .filter(p -> p.compareTo(deadline.remaining()) < 0)
                            .flatMap(p -> pace(deadline).map(slot -> slot.compareTo(p) > 0 ? slot : p))
                    : Optional.empty();
            if (pause.isEmpty()) {
                return judged(tried.answer(), deadline);
            }
            pause(pause.get());
        }
    }

    private Attempt sent(VaultRequest request, Optional<SecretValue> token, Deadline deadline) {
        try {
            if (!places.tryAcquire(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS)) {
                throw failures.late();
            }
        } catch (InterruptedException e) {
            throw failures.aborted();
        }
        try {
            return sender.send(request, token, deadline, requestTimeout);
        } finally {
            places.release();
        }
    }

    private Optional<Duration> pace(Deadline deadline) {
        return limit.reserve(deadline.remaining());
    }

    /**
     * Asks the node for its state, once and without a token.
     *
     * @throws SecretException when no answer comes, or not Vault's
     */
    public Health health(Deadline deadline) {
        Duration limit = requestTimeout.compareTo(HEALTH_TIMEOUT) < 0 ? requestTimeout : HEALTH_TIMEOUT;
        VaultRequest request = VaultRequest.get(Health.PATH).inRoot();
        HttpResponse<byte[]> answer =
                sender.send(request, Optional.empty(), deadline, limit).answer();
        return VaultJson.object(answer.body())
                .map(json -> Health.of(answer.statusCode(), json))
                .orElseThrow(() -> failures.notJson(answer.statusCode()));
    }

    /** The error for a node whose health says that it does not serve. */
    public SecretException notServing(Health health) {
        return failures.state(health.status(), health);
    }

    /** The error for a deadline that passed before a call. */
    public SecretException late() {
        return failures.late();
    }

    /** The error for a caller that was interrupted; sets its thread's interrupt flag again. */
    public SecretException aborted() {
        return failures.aborted();
    }

    /** The error for a call after the end. */
    public SecretException closed() {
        return failures.closed();
    }

    /** The error for a defect; only the exception's type is told. */
    public SecretException unforeseen(Throwable failure) {
        return failures.unforeseen(failure);
    }

    /** The error for an answer that lacks what the API documentation promises. */
    public SecretException incomplete(String what) {
        return failures.notVault("an answer without " + what);
    }

    private VaultAnswer judged(HttpResponse<byte[]> answer, Deadline deadline) {
        int status = answer.statusCode();
        if (status == 429) {
            throw failures.throttled();
        }
        if (status >= 500 || status == 472 || status == 473) {
            throw serverError(status, deadline);
        }
        Optional<JsonNode> json = VaultJson.object(answer.body());
        boolean empty = status / 100 == 2 && answer.body().length == 0;
        if (json.isEmpty() && !empty) {
            throw isFile(answer) && isUp(deadline) ? failures.noSecret(status) : failures.notJson(status);
        }
        return new VaultAnswer(status, answer.body(), json.orElseGet(VaultJson::missing));
    }

    /** Vault gives 500 and 503 for several states of a node, which its health tells apart. */
    private SecretException serverError(int status, Deadline deadline) {
        try {
            Health health = health(deadline);
            return health.status() == UP ? failures.server(status).withBackendUp() : failures.state(status, health);
        } catch (SecretException unknown) {
            return Thread.currentThread().isInterrupted() ? failures.aborted() : failures.server(status);
        }
    }

    /** Some paths of an engine give a file and not JSON: {@code pki/ca}. A page is a proxy's. */
    private static boolean isFile(HttpResponse<byte[]> answer) {
        return answer.statusCode() == UP
                && answer.headers()
                        .firstValue("Content-Type")
                        .filter(type -> !type.startsWith("application/json") && !type.startsWith("text/html"))
                        .isPresent();
    }

    private boolean isUp(Deadline deadline) {
        try {
            return health(deadline).status() == UP;
        } catch (SecretException unknown) {
            return false;
        }
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            backoff.pause(duration);
        } catch (InterruptedException e) {
            throw failures.aborted();
        }
    }
}
