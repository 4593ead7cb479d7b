package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import java.util.List;

/**
 * Dumps in one line, without offsets: {@code od -An}, the columns of {@code xxd} and {@code hexdump}. A secret may begin
 * anywhere in a group of two bytes; larger groups are forms only where it begins the data.
 */
final class Dumps implements FormFamily {
    static final int COLUMN = 4;
    static final int SIGNED = 5;

    /** Longer values are found in groups of any size by their digits. */
    private static final int SHORT = 12;

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        if (subject.scope() != Scope.WHOLE) {
            return;
        }
        // Python's hexlify counts groups from the end.
        for (int first = 1; first < 4 && bytes.length <= SHORT; first++) {
            into.addIfSafe(groups(bytes, 4, first, false));
        }
        if (bytes.length < Patterns.SAFE_LENGTH) {
            return;
        }
        into.add(groups(bytes, 2, 0, false));
        into.add(groups(bytes, 2, 1, false));
        into.add(groups(bytes, 2, 0, true));
        into.add(groups(bytes, 4, 0, false));
        into.add(groups(bytes, 4, 0, true));
        into.add(groups(bytes, 8, 0, false));
        into.add(signed(bytes).strip());
        columns(bytes).forEach(column -> into.add(column.strip()));
    }

    /** {@code od -td1}, {@value #SIGNED} columns a byte. */
    static String signed(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            right(out, Integer.toString(b), SIGNED);
        }
        return out.toString();
    }

    /** What od writes in {@value #COLUMN} columns a byte: decimal numbers, octal ones, characters. */
    static List<String> columns(byte[] bytes) {
        StringBuilder unsigned = new StringBuilder();
        StringBuilder octal = new StringBuilder();
        StringBuilder characters = new StringBuilder();
        for (byte b : bytes) {
            right(unsigned, Integer.toString(b & 0xff), COLUMN);
            right(octal, Escape.octal(b & 0xff).substring(1), COLUMN);
            right(characters, character(b & 0xff), COLUMN);
        }
        return List.of(unsigned.substring(1), octal.substring(1), characters.substring(1));
    }

    /**
     * Hexadecimal in groups of so many bytes with a blank between them.
     *
     * @param first how many bytes of the first group belong to what stands before
     * @param swapped whether the last byte of a group comes first, as where a machine's words are shown
     */
    static String groups(byte[] bytes, int size, int first, boolean swapped) {
        StringBuilder out = new StringBuilder(bytes.length * 3);
        int from = 0;
        int to = Math.min(bytes.length, size - first);
        while (from < bytes.length) {
            if (from > 0) {
                out.append(' ');
            }
            boolean whole = to - from == size;
            for (int i = from; i < to && (whole || !swapped); i++) {
                Hex.append(out, bytes[swapped ? from + to - 1 - i : i] & 0xff, 2, false);
            }
            from = to;
            to = Math.min(bytes.length, to + size);
        }
        return out.toString().strip();
    }

    /** {@code od -c}. */
    private static String character(int b) {
        int named = "\0\u0007\b\t\n\u000b\f\r".indexOf(b);
        if (named >= 0) {
            return "\\" + "0abtnvfr".charAt(named);
        }
        return b < ' ' || b >= 0x7f ? Escape.octal(b).substring(1) : String.valueOf((char) b);
    }

    private static void right(StringBuilder out, String text, int width) {
        out.append(" ".repeat(width - text.length())).append(text);
    }
}
