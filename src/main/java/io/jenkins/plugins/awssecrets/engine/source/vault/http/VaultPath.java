package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A Vault path in a URL: percent-encoded segment by segment over UTF-8 (RFC 3986 section 2.1). */
final class VaultPath {
    private static final String PLAIN = "-._~/";

    private VaultPath() {}

    /** @param path decoded, with {@code /} between its segments */
    static String encode(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** The query with its question mark; empty for no parameters. */
    static String query(Map<String, String> parameters) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, value) -> out.append(out.isEmpty() ? '?' : '&')
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return out.toString();
    }
}
