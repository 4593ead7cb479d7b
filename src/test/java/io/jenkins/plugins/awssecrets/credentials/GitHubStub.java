package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** GitHub's API on loopback, as far as an app needs it: gives a token to who signs as the app, and to nobody else. */
final class GitHubStub implements AutoCloseable {
    static final String APP = "4711";
    static final String TOKEN = "ghs_canary7a1e5b20c4d8";

    private final PublicKey key;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String token = TOKEN;
    private volatile boolean broken;

    GitHubStub(PublicKey key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it gives from now on. */
    void gives(String other) {
        token = other;
    }

    /** Lists no installations from now on, and says so with a canary. */
    void breaks() {
        broken = true;
    }

    int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        String account = "{\"login\": \"acme\", \"id\": 1, \"type\": \"Organization\"}";
        String installation = "{\"id\": 7, \"account\": " + account + ", \"permissions\": {\"contents\": \"read\"}}";
        if (path.equals("/rate_limit")) {
            send(exchange, 404, "{}");
        } else if (!isSigned(exchange)) {
            send(exchange, 401, "{\"message\": \"Bad credentials\"}");
        } else if (path.equals("/app")) {
            send(exchange, 200, "{\"id\": " + APP + ", \"name\": \"ci\", \"owner\": " + account + "}");
        } else if (path.equals("/app/installations") && broken) {
            send(exchange, 422, "{\"message\": \"canary-of-the-answer\"}");
        } else if (path.equals("/app/installations")) {
            send(exchange, 200, "[" + installation + "]");
        } else if (path.equals("/app/installations/7/access_tokens")) {
            Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
            send(exchange, 201, "{\"token\": \"" + token + "\", \"expires_at\": \"" + end + "\"}");
        } else {
            send(exchange, 404, "{}");
        }
    }

    private boolean isSigned(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String[] parts = header == null
                ? new String[0]
                : header.replaceFirst("^Bearer ", "").split("\\.");
        if (parts.length != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && JsonTree.read(claims).orElseThrow().path("iss").asText().equals(APP);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
