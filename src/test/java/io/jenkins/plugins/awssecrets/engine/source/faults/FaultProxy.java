package io.jenkins.plugins.awssecrets.engine.source.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a client and a backend, passes requests on, and spoils what it is told to, on the level of TCP. One
 * request a connection, so that each meets the fault of its time.
 */
final class FaultProxy implements AutoCloseable {
    /** What it shows to clients that speak TLS. */
    record Certificates(SSLContext trusted, SSLContext untrusted) {}

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final long A_BYTE_MILLIS = 40;

    private final URI backend;
    private final Optional<Certificates> certificates;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger spoiled = new AtomicInteger();
    private final int port;
    private volatile Optional<NetworkFault> fault = Optional.empty();
    private ServerSocket listening;

    /** @param certificates empty for plain HTTP */
    FaultProxy(URI backend, Optional<Certificates> certificates) {
        this.backend = backend;
        this.certificates = certificates;
        this.port = listen(0);
    }

    URI uri() {
        return URI.create((certificates.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    synchronized void begin(NetworkFault what) {
        fault = Optional.of(what);
        if (what == NetworkFault.REFUSED) {
            stopListening();
        }
    }

    synchronized void end() {
        if (fault.filter(NetworkFault.REFUSED::equals).isPresent()) {
            listen(port);
        }
        fault = Optional.empty();
    }

    /** Connections that the client has not closed. */
    int connections() {
        return open.size();
    }

    /** Requests, or handshakes, that met the fault. */
    int spoiled() {
        return spoiled.get();
    }

    private synchronized int listen(int at) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at), 200);
            listening = server;
            start(() -> accept(server));
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that was gone already.
                continue;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            if (certificates.isPresent()) {
                exchange(client, encrypted(client));
            } else {
                exchange(client, client);
            }
        } catch (IOException e) {
            // The client went away, as clients do that meet a fault.
            return;
        } finally {
            open.remove(client);
        }
    }

    private Socket encrypted(Socket client) throws IOException {
        boolean spoil = fault.filter(NetworkFault.TLS::equals).isPresent();
        SSLContext shown = spoil
                ? certificates.orElseThrow().untrusted()
                : certificates.orElseThrow().trusted();
        if (spoil) {
            spoiled.incrementAndGet();
        }
        SSLSocket socket = (SSLSocket) shown.getSocketFactory().createSocket(client, "127.0.0.1", port, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private void exchange(Socket client, Socket talk) throws IOException {
        InputStream in = talk.getInputStream();
        OutputStream out = talk.getOutputStream();
        byte[] request = message(in);
        if (request.length == 0) {
            return;
        }
        Optional<NetworkFault> now = fault;
        if (now.isEmpty()) {
            out.write(forward(request));
            out.flush();
            return;
        }
        spoiled.incrementAndGet();
        switch (now.get()) {
            case HANG -> in.read();
            case RESET -> reset(client, out, forward(request));
            case SLOW -> trickle(out, forward(request));
            default -> {
                out.write(now.get().answer().getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    private static void reset(Socket client, OutputStream out, byte[] answer) throws IOException {
        out.write(answer, 0, answer.length - bodyLength(answer) / 2 - 1);
        out.flush();
        client.setSoLinger(true, 0);
    }

    private static void trickle(OutputStream out, byte[] answer) throws IOException {
        try {
            for (byte each : answer) {
                out.write(each);
                out.flush();
                Thread.sleep(A_BYTE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] forward(byte[] request) throws IOException {
        try (Socket upstream = new Socket(backend.getHost(), backend.getPort())) {
            String head = new String(request, StandardCharsets.ISO_8859_1);
            String once = head.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                    .replaceFirst("(?i)\r\nConnection: keep-alive", "");
            upstream.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
            upstream.getOutputStream().flush();
            return upstream.getInputStream().readAllBytes();
        }
    }

    /** A request, or an answer, up to the length that its head tells. */
    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            read.write(b);
            if (b == '\n' && endsHead(read.toByteArray())) {
                Matcher length = LENGTH.matcher(read.toString(StandardCharsets.ISO_8859_1));
                if (length.find()) {
                    read.write(in.readNBytes(Integer.parseInt(length.group(1))));
                }
                return read.toByteArray();
            }
        }
        return new byte[0];
    }

    private static boolean endsHead(byte[] read) {
        return new String(read, StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    private static int bodyLength(byte[] answer) {
        Matcher length = LENGTH.matcher(new String(answer, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void stopListening() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        stopListening();
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed, then.
                continue;
            }
        }
    }
}
