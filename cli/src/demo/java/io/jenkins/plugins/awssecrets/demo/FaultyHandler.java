package io.jenkins.plugins.awssecrets.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Records a request, lets the endpoint answer it, and spoils the answer where a fault says so. */
final class FaultyHandler implements HttpHandler {
    private final Endpoint endpoint;
    private final Requests requests;
    private final Faults faults;

    FaultyHandler(Endpoint endpoint, Requests requests, Faults faults) {
        this.endpoint = endpoint;
        this.requests = requests;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = Call.read(exchange);
            RecordedRequest request = endpoint.describe(call);
            requests.add(request);
            answer(exchange, call, faults.take(request.service(), request.operation()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Call call, Optional<Fault> fault)
            throws IOException, InterruptedException {
        if (fault.isEmpty()) {
            send(exchange, endpoint.answer(call));
        } else if (fault.get() instanceof Fault.Latency latency) {
            pause(latency.delay());
            answer(exchange, call, latency.then());
        } else if (fault.get() instanceof Fault.ServiceError error) {
            Reply reply = endpoint.error(error);
            send(
                    exchange,
                    error.retryAfter()
                            .map(pause -> reply.with("Retry-After", Long.toString(pause.toSeconds())))
                            .orElse(reply));
        } else if (fault.get() instanceof Fault.Canned canned) {
            send(exchange, Reply.of(canned.status(), canned.contentType(), canned.body()));
        } else if (fault.get() instanceof Fault.Cut) {
            cut(exchange, endpoint.answer(call));
        } else if (fault.get() instanceof Fault.Slow slow) {
            trickle(exchange, endpoint.answer(call), slow.pause());
        }
        // A hang-up is what closing an exchange with no answer comes to.
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        head(exchange, reply);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static void cut(HttpExchange exchange, Reply reply) throws IOException {
        head(exchange, reply);
        OutputStream out = exchange.getResponseBody();
        out.write(reply.body(), 0, reply.body().length / 2);
        out.flush();
    }

    private static void trickle(HttpExchange exchange, Reply reply, Duration pause)
            throws IOException, InterruptedException {
        head(exchange, reply);
        OutputStream out = exchange.getResponseBody();
        for (byte b : reply.body()) {
            pause(pause);
            out.write(b);
            out.flush();
        }
    }

    private static void head(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        int length = reply.body().length;
        exchange.sendResponseHeaders(
                reply.status(), length == 0 || exchange.getRequestMethod().equals("HEAD") ? -1 : length);
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
