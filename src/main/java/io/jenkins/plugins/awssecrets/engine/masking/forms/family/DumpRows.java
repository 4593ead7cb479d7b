package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Dumps of a value with offsets and a text column: {@code xxd}, {@code hexdump -C}, {@code od -tx1z}. Where the value
 * begins the dump, its rows are known.
 */
final class DumpRows implements FormFamily {
    private static final int ROW = 16;

    /** Fewer bytes at the end are too short to look for. */
    private static final int SHORTEST = 7;

    /** Longer values begin as others do, such as tokens of one kind. */
    private static final int LONGEST = 64;

    /** Words and numbers have fewer changes of the kind of character. */
    private static final int FEWEST_CHANGES = 8;

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        if (subject.scope() != Scope.WHOLE
                || subject.text().filter(Lines::isMultiLine).isPresent()) {
            return;
        }
        for (int from = 0; from + SHORTEST <= bytes.length; from += ROW) {
            byte[] row = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + ROW));
            into.add(Dumps.groups(row, 2, 0, false));
            String text = printed(row);
            if (row.length == ROW && bytes.length <= LONGEST && KindChanges.in(text) >= FEWEST_CHANGES) {
                into.add(text);
            }
        }
    }

    private static String printed(byte[] row) {
        StringBuilder out = new StringBuilder(new String(row, StandardCharsets.ISO_8859_1));
        for (int at = 0; at < out.length(); at++) {
            if (out.charAt(at) < ' ' || out.charAt(at) > '~') {
                out.setCharAt(at, '.');
            }
        }
        return out.toString();
    }
}
