package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on loopback that gives the answers it is told, for what a Vault in order does not do. Requests are keyed by
 * method and raw URI below {@code /v1/}; unknown ones get Vault's 404.
 */
public final class ScriptedVault implements AutoCloseable {
    /** A request as it came over the wire. */
    public record Seen(String method, String uri, Headers headers, String body) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    /** Writes an answer. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Queue<Script>> scripts = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public ScriptedVault() {
        this(plainServer());
    }

    public ScriptedVault(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer plainServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The last of several scripts of one request answers all that follow. */
    public ScriptedVault on(String request, Script script) {
        scripts.computeIfAbsent(request, r -> new ArrayDeque<>()).add(script);
        return this;
    }

    public ScriptedVault on(String request, int status, String json) {
        return on(request, json(status, json));
    }

    public static Script json(int status, String json) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
        };
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The usual answers of a KV v2 mount {@code secret/} with one secret {@code ci/db}. */
    public ScriptedVault withSecret(String members) {
        on(
                "GET sys/internal/ui/mounts/secret/ci/db",
                200,
                "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}");
        return on(
                "GET secret/data/ci/db",
                200,
                "{\"data\":{\"data\":" + members
                        + ",\"metadata\":{\"version\":3,\"created_time\":\"2026-01-02T03:04:05.678Z\"}}}");
    }

    /** A login by AppRole that gives these tokens, one after the other. */
    public ScriptedVault withLogins(String... auths) {
        for (String auth : auths) {
            on("POST auth/approle/login", 200, "{\"auth\":" + auth + "}");
        }
        return this;
    }

    public static String auth(String token, long seconds, boolean renewable) {
        return "{\"client_token\":\"" + token + "\",\"lease_duration\":" + seconds + ",\"renewable\":" + renewable
                + "}";
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public List<Seen> seen(String request) {
        return seen.stream()
                .filter(s -> key(s.method(), s.uri()).equals(request))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String uri = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), body));
            next(key(exchange.getRequestMethod(), uri)).answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Script next(String request) {
        Queue<Script> queue = scripts.get(request);
        if (queue == null) {
            return json(404, "{\"errors\":[]}");
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    private static String key(String method, String uri) {
        return method + " " + uri.replaceFirst("^/v1/", "");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
