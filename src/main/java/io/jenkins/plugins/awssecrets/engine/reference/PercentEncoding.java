package io.jenkins.plugins.awssecrets.engine.reference;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986 section 2.1 over UTF-8. */
public final class PercentEncoding {
    private static final String SUB_DELIMS_AND_MORE = "-._~!$&'()*+,;=:@/";

    private PercentEncoding() {}

    /** Whether the character may stand as it is in a name, a version or a field (RFC 3986 pchar, and {@code /}). */
    static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || SUB_DELIMS_AND_MORE.indexOf(c) >= 0;
    }

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && isPlain(c)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** As {@link #encode}, and {@code &} too, which would begin another parameter. */
    static String encodeInQuery(String text) {
        return encode(text).replace("&", "%26");
    }

    /** Decodes a part of a path or URL of others. What is not percent-encoded means itself. */
    public static String decodedOrSame(String text) {
        try {
            // A plus is a space in forms alone.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /**
     * Decodes a part of a reference.
     *
     * @param start index of the part's first character in the reference, for positions
     */
    static String decode(String part, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%') {
                out.write(c);
                continue;
            }
            int high = i + 1 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
            int low = i + 2 < part.length() ? Character.digit(part.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new MalformedReferenceException(
                        start + i + 1, "'%' without two hexadecimal digits", "%25 for a percent sign");
            }
            int value = high << 4 | low;
            if (value < 0x20 || value == 0x7f) {
                throw new MalformedReferenceException(
                        start + i + 1, "an encoded control character", "printable characters only");
            }
            out.write(value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedReferenceException(
                    start + part.indexOf('%') + 1, "percent-encoded bytes that are not UTF-8", "UTF-8");
        }
    }
}
