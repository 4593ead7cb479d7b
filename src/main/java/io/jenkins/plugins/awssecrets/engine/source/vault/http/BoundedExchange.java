package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP client that the driver's {@code Rest} is given for one exchange. It adds what {@code Rest} 6.2.1 lacks:
 *
 * <ul>
 *   <li>the time counts for the whole exchange, where a request's own timeout ends with the answer's head;
 *   <li>the URL goes out as it is, where {@code Rest} decodes it and leaves characters beyond ASCII unencoded;
 *   <li>the answer's size is bounded, and its bytes are kept as they came, where {@code Rest} takes them through the
 *       platform's character set;
 *   <li>its headers can be read ({@code Retry-After}, {@code Location}).
 * </ul>
 */
final class BoundedExchange extends HttpClient {
    /** 4 MiB: a KV secret has at most 1 MiB, a listing of 100,000 keys about 3. */
    static final int MAX_ANSWER_BYTES = 4 << 20;

    private final HttpClient client;
    private final URI target;
    private final Duration timeout;
    private Optional<HttpResponse<byte[]>> response = Optional.empty();

    BoundedExchange(HttpClient client, URI target, Duration timeout) {
        this.client = client;
        this.target = target;
        this.timeout = timeout;
    }

    /** The answer, once the exchange has ended well. */
    HttpResponse<byte[]> response() {
        return response.orElseThrow();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest exact = HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(target)
                .build();
        CompletableFuture<HttpResponse<byte[]>> running =
                client.sendAsync(exact, info -> new CappedBody(MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> answer = running.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            response = Optional.of(answer);
            return EmptiedResponse.of(answer, handler);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + timeout);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            // Ends the exchange and its connection where it has not ended.
            running.cancel(true);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> push) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
