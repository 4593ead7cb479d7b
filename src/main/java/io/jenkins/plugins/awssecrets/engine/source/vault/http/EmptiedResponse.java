package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** A response whose bytes stay with the exchange, so that the driver neither decodes nor copies them. */
record EmptiedResponse<T>(HttpResponse<byte[]> response, T body) implements HttpResponse<T> {

    static <T> EmptiedResponse<T> of(HttpResponse<byte[]> response, BodyHandler<T> handler) {
        BodySubscriber<T> subscriber = handler.apply(new Head(response));
        subscriber.onSubscribe(new Nothing());
        subscriber.onComplete();
        return new EmptiedResponse<>(
                response, subscriber.getBody().toCompletableFuture().join());
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public HttpRequest request() {
        return response.request();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return response.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return response.sslSession();
    }

    @Override
    public URI uri() {
        return response.uri();
    }

    @Override
    public HttpClient.Version version() {
        return response.version();
    }

    @Override
    public String toString() {
        return "response " + statusCode();
    }

    private record Head(HttpResponse<byte[]> response) implements ResponseInfo {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public HttpHeaders headers() {
            return response.headers();
        }

        @Override
        public HttpClient.Version version() {
            return response.version();
        }
    }

    private record Nothing() implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
