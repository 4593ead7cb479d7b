package io.jenkins.plugins.awssecrets.demo.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer. */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, contentType.isEmpty() ? Map.of() : Map.of("Content-Type", contentType), body);
    }

    public static Reply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** 204, which has no body. */
    public static Reply noContent() {
        return new Reply(204, Map.of(), new byte[0]);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
