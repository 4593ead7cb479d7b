package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/** Reads the answer to a request of HTTP/1.0: a head, then a body up to its length or the connection's end. */
final class SocketAnswer<T> {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final int HEAD_END = "\r\n\r\n".length();

    private final ReadableByteChannel channel;
    private final HttpRequest request;

    SocketAnswer(ReadableByteChannel channel, HttpRequest request) {
        this.channel = channel;
        this.request = request;
    }

    HttpResponse<T> read(HttpResponse.BodyHandler<T> handler) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(LONGEST_HEAD);
        int end = -1;
        while (end < 0) {
            if (!start.hasRemaining()) {
                throw new ProtocolException();
            }
            if (channel.read(start) < 0) {
                throw new EOFException();
            }
            end = headEnd(start.array(), start.position());
        }
        Head head = head(new String(start.array(), 0, end, StandardCharsets.ISO_8859_1));
        HttpResponse.BodySubscriber<T> body = handler.apply(head);
        start.flip().position(end + HEAD_END);
        body(start, head.length(), body);
        try {
            return new Response<>(
                    request, head, body.getBody().toCompletableFuture().join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** @param first what came with the head */
    private void body(ByteBuffer first, OptionalLong length, HttpResponse.BodySubscriber<T> body) throws IOException {
        AtomicBoolean givenUp = new AtomicBoolean();
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                givenUp.set(true);
            }
        });
        long left = length.orElse(Long.MAX_VALUE);
        ByteBuffer piece = first;
        while (!givenUp.get()) {
            piece.limit(piece.position() + (int) Math.min(piece.remaining(), left));
            left -= piece.remaining();
            if (piece.hasRemaining()) {
                body.onNext(List.of(piece));
            }
            piece = ByteBuffer.allocate(PIECE);
            if (left == 0 || channel.read(piece) < 0) {
                break;
            }
            piece.flip();
        }
        if (length.isPresent() && left > 0) {
            throw new EOFException();
        }
        body.onComplete();
    }

    private static int headEnd(byte[] bytes, int length) {
        for (int at = 0; at + HEAD_END <= length; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static Head head(String text) throws IOException {
        String[] lines = text.split("\r\n");
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new ProtocolException();
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException();
            }
            headers.computeIfAbsent(lines[i].substring(0, colon).strip(), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        if (headers.containsKey("Transfer-Encoding")) {
            throw new ProtocolException();
        }
        try {
            return new Head(Integer.parseInt(status.group(1)), HttpHeaders.of(headers, (name, value) -> true));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException();
        }
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }

        OptionalLong length() throws ProtocolException {
            if (statusCode == 204 || statusCode == 304) {
                return OptionalLong.of(0);
            }
            try {
                OptionalLong length = headers.firstValueAsLong("Content-Length");
                if (length.orElse(0) < 0) {
                    throw new ProtocolException();
                }
                return length;
            } catch (NumberFormatException e) {
                throw new ProtocolException();
            }
        }
    }

    private record Response<T>(HttpRequest request, Head head, T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return head.statusCode();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return head.version();
        }

        @Override
        public String toString() {
            return "response " + statusCode();
        }
    }
}
