package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.Arrays;
import java.util.Base64;

/**
 * The characters of base64 (RFC 4648) that are made of the secret's bits alone. A secret that stands somewhere in
 * encoded data begins at one of three alignments; whatever its neighbours are, these characters are the same.
 */
public final class Base64Core {
    public static final int ALIGNMENTS = 3;

    private Base64Core() {}

    /** The core where {@code before} bytes (0 to 2) stand in front of the secret. */
    public static byte[] of(byte[] data, int before) {
        byte[] padded = new byte[before + data.length];
        System.arraycopy(data, 0, padded, before, data.length);
        byte[] encoded = Base64.getEncoder().withoutPadding().encode(padded);
        return Arrays.copyOfRange(encoded, (8 * before + 5) / 6, 8 * padded.length / 6);
    }

    /** The data on its own, padded. */
    public static byte[] padded(byte[] data) {
        return Base64.getEncoder().encode(data);
    }

    /** The data as the only line of a file, as {@code echo} and {@code base64} itself write it. */
    public static byte[] line(byte[] data) {
        byte[] line = Arrays.copyOf(data, data.length + 1);
        line[data.length] = '\n';
        return line;
    }

    /** The same characters in the URL-safe alphabet; the same array when there is no difference. */
    public static byte[] urlSafe(byte[] standard) {
        byte[] safe = null;
        for (int i = 0; i < standard.length; i++) {
            if (standard[i] == '+' || standard[i] == '/') {
                if (safe == null) {
                    safe = standard.clone();
                }
                safe[i] = (byte) (standard[i] == '+' ? '-' : '_');
            }
        }
        return safe == null ? standard : safe;
    }
}
