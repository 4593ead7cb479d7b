package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.github.jopenlibs.vault.rest.Rest;
import io.github.jopenlibs.vault.rest.RestException;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Attempt.Repeat;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends a request once, by the driver's {@code Rest}, and follows redirects to the same origin. */
final class Sender {
    private final URI url;
    private final Optional<String> namespace;
    private final HttpClient http;
    private final Failures failures;

    Sender(URI url, Optional<String> namespace, HttpClient http, Failures failures) {
        this.url = url;
        this.namespace = namespace;
        this.http = http;
        this.failures = failures;
    }

    Attempt send(VaultRequest request, Optional<SecretValue> token, Deadline deadline, Duration limit) {
        URI target = target(request);
        for (int redirects = 0; ; redirects++) {
            Duration left = deadline.remaining();
            if (left.isZero()) {
                return new Attempt.Broken(failures.late(), Repeat.NEVER);
            }
            Duration timeout = left.compareTo(limit) < 0 ? left : limit;
            BoundedExchange exchange = new BoundedExchange(http, target, timeout);
            try {
                exchange(request, token, target, exchange);
            } catch (RestException e) {
                return broken(e.getCause(), timeout);
            } catch (RuntimeException e) {
                return broken(e, timeout);
            }
            HttpResponse<byte[]> response = exchange.response();
            if (!Redirects.isRedirect(response.statusCode())) {
                return new Attempt.Answered(response);
            }
            Optional<String> location = response.headers().firstValue("Location");
            Optional<URI> next = Redirects.sameOrigin(target, location);
            if (next.isEmpty() || redirects == Redirects.LIMIT) {
                return new Attempt.Broken(failures.redirected(Redirects.whither(target, location)), Repeat.NEVER);
            }
            target = next.get();
        }
    }

    private URI target(VaultRequest request) {
        return URI.create(
                VaultAddress.base(url) + "/v1/" + VaultPath.encode(request.path()) + VaultPath.query(request.query()));
    }

    private void exchange(VaultRequest request, Optional<SecretValue> token, URI target, BoundedExchange exchange)
            throws RestException {
        // A Vault Agent may be told to refuse requests without X-Vault-Request, which no form in a browser can send.
        Rest rest = new Rest(exchange).url(target.toString()).header("X-Vault-Request", "true");
        token.ifPresent(t -> rest.header("X-Vault-Token", t.reveal()));
        if (!request.inRootNamespace()) {
            namespace.ifPresent(name -> rest.header("X-Vault-Namespace", name));
        }
        switch (request.method()) {
            case GET -> rest.get();
            case POST -> {
                request.body().ifPresent(body -> rest.header("Content-Type", "application/json")
                        .body(VaultJson.bytes(body)));
                rest.post();
            }
        }
    }

    private Attempt broken(Throwable failure, Duration timeout) {
        if (failure instanceof InterruptedException) {
            return new Attempt.Broken(failures.aborted(), Repeat.NEVER);
        }
        if (!(failure instanceof IOException)) {
            return new Attempt.Broken(failures.unforeseen(failure), Repeat.NEVER);
        }
        return new Attempt.Broken(failures.of(failure, timeout), repeat(failure));
    }

    private static Repeat repeat(Throwable failure) {
        boolean lasting = failure instanceof HttpTimeoutException
                || failure instanceof SSLException
                || failure instanceof CappedBody.TooLargeException;
        return lasting ? Repeat.NEVER : failure instanceof ConnectException ? Repeat.ALWAYS : Repeat.IF_REPEATABLE;
    }
}
