package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * One request and its answer over a unix socket. It speaks HTTP/1.0 (RFC 1945), which every server of HTTP/1.1 answers
 * (RFC 9110 section 2.5): without chunks, and closing the connection behind the answer.
 */
final class SocketExchange<T> {
    private final Path socket;
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final CompletableFuture<HttpResponse<T>> answer = new CompletableFuture<>();

    SocketExchange(Path socket, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        this.socket = socket;
        this.request = request;
        this.handler = handler;
    }

    CompletableFuture<HttpResponse<T>> start() {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            // Also when it is cancelled: closing wakes a thread that waits for bytes.
            answer.whenComplete((response, failure) -> close(channel));
            Thread thread = new Thread(() -> run(channel), "request over a Vault Agent's socket");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | UnsupportedOperationException e) {
            answer.completeExceptionally(new ConnectException());
        }
        return answer;
    }

    private void run(SocketChannel channel) {
        try {
            connect(channel);
            ByteBuffer bytes = ByteBuffer.wrap(requestBytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            answer.complete(new SocketAnswer<T>(channel, request).read(handler));
        } catch (IOException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /** No such file, no permission and nobody who listens come as exceptions of several types. */
    private void connect(SocketChannel channel) throws ConnectException {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new ConnectException();
        }
    }

    private byte[] requestBytes() {
        byte[] body = body();
        URI uri = request.uri();
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.0\r\nHost: ")
                .append(uri.getHost())
                .append("\r\n");
        request.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        if (body.length > 0 || request.method().equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private byte[] body() {
        Collected collected = new Collected();
        request.bodyPublisher().ifPresentOrElse(publisher -> publisher.subscribe(collected), collected::onComplete);
        return collected.whole.join();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }

    /** A request's body. */
    private static final class Collected implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
