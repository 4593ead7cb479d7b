package io.jenkins.plugins.awssecrets.engine.source.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A unix socket that leads to a server on loopback, byte by byte, or to what a test does with a connection. */
public final class SocketRelay implements AutoCloseable {
    /** What becomes of a connection, which is closed behind it. */
    @FunctionalInterface
    public interface Peer {
        void serve(SocketChannel client) throws IOException;
    }

    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    private SocketRelay(Peer peer) {
        try {
            // A socket's path is short: a test's own folder may be too long.
            folder = Files.createTempDirectory(Path.of("/tmp"), "relay");
            socket = folder.resolve("agent.sock");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(peer));
    }

    public static SocketRelay to(URI backend) {
        ExecutorService answers = Executors.newCachedThreadPool();
        return new SocketRelay(client -> {
            try (SocketChannel upstream =
                    SocketChannel.open(new InetSocketAddress(backend.getHost(), backend.getPort()))) {
                answers.execute(() -> copy(client, upstream));
                copy(upstream, client);
            }
        });
    }

    public static SocketRelay to(Peer peer) {
        return new SocketRelay(peer);
    }

    public URI url() {
        return URI.create("unix://" + socket);
    }

    public Path socket() {
        return socket;
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** How many are open now. */
    public int open() {
        return open.get();
    }

    private void accept(Peer peer) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                connections.incrementAndGet();
                open.incrementAndGet();
                threads.execute(() -> serve(peer, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Peer peer, SocketChannel client) {
        try (client) {
            peer.serve(client);
        } catch (IOException e) {
            // The other side is gone.
        } finally {
            open.decrementAndGet();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(8192);
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException e) {
            // The other side is gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            threads.shutdownNow();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
