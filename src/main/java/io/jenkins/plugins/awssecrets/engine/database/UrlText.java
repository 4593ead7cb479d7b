package io.jenkins.plugins.awssecrets.engine.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text in a URL. */
final class UrlText {
    private UrlText() {}

    /** With a blank as {@code %20}, which drivers that read {@code +} as a blank and those that do not read alike. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
