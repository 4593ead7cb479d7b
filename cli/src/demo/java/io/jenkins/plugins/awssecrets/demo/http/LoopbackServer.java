package io.jenkins.plugins.awssecrets.demo.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP server on 127.0.0.1 that can stop listening and come back at the same port. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // The JDK's server sends head and body apart; with Nagle's algorithm each small answer would take 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static final int BACKLOG = 1024;

    private final HttpHandler handler;
    private final Executor threads;
    private final Optional<SSLContext> tls;
    private final int port;
    private HttpServer server;

    /**
     * @param port 0 for any that is free
     * @param tls for HTTPS, which then asks for a client certificate and takes clients without one too
     */
    public LoopbackServer(int port, Optional<SSLContext> tls, HttpHandler handler, Executor threads) {
        this.tls = tls;
        this.handler = handler;
        this.threads = threads;
        this.server = bind(port);
        this.port = server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    public synchronized void start() {
        if (server == null) {
            server = bind(port);
        }
    }

    /** Ends open connections too. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private HttpServer bind(int at) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at);
            HttpServer bound = tls.isPresent() ? https(address, tls.get()) : HttpServer.create(address, BACKLOG);
            bound.setExecutor(threads);
            bound.createContext("/", handler);
            bound.start();
            return bound;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1 port " + at, e);
        }
    }

    private static HttpServer https(InetSocketAddress address, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setWantClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        return server;
    }
}
