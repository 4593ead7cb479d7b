package io.jenkins.plugins.awssecrets.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that somebody set up to be sent secrets: it keeps all that arrives, and refuses every login. */
final class CanaryServer implements AutoCloseable {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}={0,2}");

    private final HttpServer server;
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    CanaryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        StringBuilder all = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        exchange.getRequestHeaders().forEach((name, values) -> all.append(name + ": " + values + "\n"));
        all.append(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
        arrived.add(all.toString());
        boolean health = exchange.getRequestURI().getPath().endsWith("/sys/health");
        byte[] body = (health
                        ? "{\"initialized\": true, \"sealed\": false, \"standby\": false}"
                        : "{\"errors\": [\"permission denied\"], \"__type\": \"AccessDeniedException\"}")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(health ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** All that arrived since this was asked last, also decoded from the forms that logins have on the wire. */
    String arrived() {
        StringBuilder all = new StringBuilder();
        for (String one : arrived) {
            all.append(one);
            try {
                all.append(URLDecoder.decode(one, UTF_8));
            } catch (IllegalArgumentException e) {
                // Not encoded so.
                all.append('\n');
            }
            Matcher encoded = BASE64.matcher(one);
            while (encoded.find()) {
                try {
                    all.append(new String(Base64.getDecoder().decode(encoded.group()), ISO_8859_1))
                            .append('\n');
                } catch (IllegalArgumentException e) {
                    // A word that only looks so.
                    all.append('\n');
                }
            }
        }
        arrived.clear();
        return all.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
