package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Dumps of a value with offsets and a text column: {@code xxd}, {@code hexdump -C}, {@code od -x}, {@code od -tx4}. Where the value
 * begins the dump, its rows are known.
 */
final class DumpRows implements FormFamily {
    private static final int ROW = 16;

    /** Shorter forms would slow the search. */
    private static final int SHORTEST = 20;

    /** What stands between the text of a row and the rest of the next row's offset, for the same reason. */
    private static final List<String> NEXT_ROW = List.of("\n000", "|\n000");

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
        for (int from = 0; from < bytes.length; from += ROW) {
            byte[] row = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + ROW));
            add(Dumps.groups(row, 2, 0, false), into);
            add(Dumps.groups(row, 2, 0, true), into);
            add(Dumps.groups(row, 4, 0, true), into);
            String text = printed(row);
            if (row.length == ROW && bytes.length <= LONGEST && KindChanges.in(text) >= FEWEST_CHANGES) {
                NEXT_ROW.forEach(next -> add(text + next, into));
            }
        }
    }

    private static void add(String form, Patterns into) {
        if (form.length() >= SHORTEST) {
            into.add(form);
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
