package io.jenkins.plugins.awssecrets.demo.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executor;

/** An HTTP server on 127.0.0.1 that can stop listening and come back at the same port. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // The JDK's server sends head and body apart; with Nagle's algorithm each small answer would take 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpHandler handler;
    private final Executor threads;
    private final int port;
    private HttpServer server;

    /** @param port 0 for any that is free */
    public LoopbackServer(int port, HttpHandler handler, Executor threads) {
        this.handler = handler;
        this.threads = threads;
        this.server = bind(port);
        this.port = server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
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
            HttpServer bound = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at), 1024);
            bound.setExecutor(threads);
            bound.createContext("/", handler);
            bound.start();
            return bound;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1 port " + at, e);
        }
    }
}
