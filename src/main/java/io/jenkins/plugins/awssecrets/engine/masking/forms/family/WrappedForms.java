package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Base64Core;
import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Base64 and hex that a tool has cut into lines: {@code base64} at 76 columns, openssl and PEM at 64, {@code xxd -p} at
 * 60, MIME with {@code \r\n}, dumps of 12 or 16 bytes a line.
 *
 * <p>A secret that begins its file is cut where the columns say. One in the middle of a file is cut anywhere: a short one
 * has a form for every place of one {@code \n}, and overlapping pieces of a very short one are forms. What else tools cut
 * is found by its letters, but for the first few of them.
 */
final class WrappedForms implements FormFamily {
    private static final int[] COLUMNS = {76, 64, 60};
    private static final List<String> BREAKS = List.of("\n", "\r\n");
    /** Up to this many bytes a wrapped secret has one break at most. */
    private static final int ONE_BREAK = 48;
    /** Up to this many bytes a break may leave no piece whole. */
    private static final int NO_PIECE = 24;

    /** From so many characters on a row is whole on one side of a break, by which the letters are found. */
    private static final int FOUND_BY_LETTERS = 40;

    /** Of what is found by its letters, so few in front of a break are shown. */
    private static final int HEAD = 3;

    /** Up to this many bytes a break that parts one character leaves too little for the pieces. */
    private static final int VERY_SHORT = 8;

    /** Fewer characters of base64 are found by chance. */
    private static final int SHORTEST_BASE64 = 6;

    private static final int FEWEST_CHANGES = 2;

    /** Fragments below this length would slow the matcher and could match by chance. */
    private static final int SHORT_PIECE = 16;

    /** A short secret has shorter ones, so that no break leaves it whole. */
    private static final int SHORTEST_PIECE = 8;

    private static final int SHORT_STEP = 4;

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        byte[] hex = ascii(HexForms.joined(bytes, "", false));
        wrap(Base64Core.padded(bytes), into);
        if (subject.text().isPresent()) {
            wrap(Base64Core.padded(Base64Core.line(bytes)), into);
        }
        wrap(ascii(HexForms.base32(bytes, 0)), into);
        wrap(ascii(OtherBases.base32Hex(bytes, 0)), into);
        wrap(hex, into);
        wrap(ascii(HexForms.joined(bytes, "", true)), into);
        if (bytes.length <= ONE_BREAK) {
            cutOnce(bytes, "\n", into);
            if (hex.length >= Patterns.SAFE_LENGTH) {
                cutAnywhere(hex, 2, ascii("\n"), into);
            }
        }
        if (bytes.length <= NO_PIECE) {
            cutOnce(bytes, "\r\n", into);
            for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
                pieces(Base64Core.of(bytes, before), SHORTEST_PIECE, SHORT_STEP, into);
            }
            base64Pieces(bytes, 1, into);
        }
        if (bytes.length <= VERY_SHORT) {
            for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
                withoutAnEnd(Base64Core.of(bytes, before), into);
            }
        }
        if (subject.scope() == Scope.WHOLE) {
            dumps(bytes, into);
            for (byte[] spelling : spellings(subject)) {
                if (bytes.length <= NO_PIECE) {
                    base64Pieces(spelling, 2, into);
                }
                if (spelling.length <= NO_PIECE) {
                    cutOnce(spelling, "\n", into);
                }
            }
        }
    }

    /** How a text stands in the JSON that is encoded and wrapped. */
    private static List<byte[]> spellings(Subject subject) {
        Set<String> spellings = new LinkedHashSet<>();
        subject.text().ifPresent(text -> {
            spellings.add(JsonForms.MINIMAL.apply(text));
            spellings.add(JsonForms.GO.apply(text));
            spellings.add(JsonForms.ASCII.apply(text));
            spellings.remove(text);
        });
        return spellings.stream()
                .map(spelling -> spelling.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static void wrap(byte[] encoded, Patterns into) {
        for (int columns : COLUMNS) {
            if (encoded.length > columns) {
                BREAKS.forEach(lineBreak -> into.add(cut(encoded, columns, ascii(lineBreak))));
            }
        }
    }

    private static byte[] cut(byte[] encoded, int columns, byte[] lineBreak) {
        int breaks = (encoded.length - 1) / columns;
        byte[] out = new byte[encoded.length + breaks * lineBreak.length];
        int to = 0;
        for (int from = 0; from < encoded.length; from += columns) {
            if (from > 0) {
                System.arraycopy(lineBreak, 0, out, to, lineBreak.length);
                to += lineBreak.length;
            }
            int length = Math.min(columns, encoded.length - from);
            System.arraycopy(encoded, from, out, to, length);
            to += length;
        }
        return out;
    }

    private static void cutOnce(byte[] bytes, String lineBreak, Patterns into) {
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            byte[] core = Base64Core.of(bytes, before);
            if (core.length >= SHORTEST_BASE64) {
                cutAnywhere(core, 1, ascii(lineBreak), into);
            }
        }
    }

    /** Without the first or the last character, where what remains is no word. */
    private static void withoutAnEnd(byte[] core, Patterns into) {
        for (int from = 0; from <= 1 && core.length > SHORTEST_BASE64; from++) {
            String rest = new String(core, from, core.length - 1, StandardCharsets.US_ASCII);
            if (KindChanges.in(rest) >= FEWEST_CHANGES) {
                into.add(rest);
            }
        }
    }

    private static void cutAnywhere(byte[] core, int step, byte[] lineBreak, Patterns into) {
        int last = core.length < FOUND_BY_LETTERS ? core.length - 1 : HEAD;
        for (int at = step; at <= last; at += step) {
            byte[] broken = Arrays.copyOf(core, core.length + lineBreak.length);
            System.arraycopy(lineBreak, 0, broken, at, lineBreak.length);
            System.arraycopy(core, at, broken, at + lineBreak.length, core.length - at);
            into.add(broken);
        }
    }

    /** Short secrets leave no row of bytes that could be looked for over a layout. */
    private static void base64Pieces(byte[] bytes, int step, Patterns into) {
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            pieces(Base64Core.of(bytes, before), SHORT_PIECE, SHORT_STEP * step, into);
        }
    }

    /** Eight bytes of od and Node's Buffer, six of a C array and of od's numbers and characters. */
    private static void dumps(byte[] bytes, Patterns into) {
        int step = bytes.length > ONE_BREAK ? 2 : 1;
        pieces(ascii(HexForms.joined(bytes, " ", false)), 3 * 8 - 1, 3 * 4 * step, into);
        pieces(ascii(HexForms.joined(bytes, ", 0x", false)), 6 * 6 - 4, 6 * 3 * step, into);
        pieces(ascii(Dumps.signed(bytes)), Dumps.SIGNED * 6, Dumps.SIGNED * 3 * step, into);
        for (String column : Dumps.columns(bytes)) {
            pieces(ascii(column), Dumps.COLUMN * 6 - 1, Dumps.COLUMN * 3 * step, into);
        }
    }

    private static void pieces(byte[] core, int length, int step, Patterns into) {
        if (core.length < length) {
            return;
        }
        for (int from = 0; from + length < core.length; from += step) {
            into.add(piece(core, from, length));
        }
        into.add(piece(core, core.length - length, length));
    }

    /** Without blanks around it: with one in front, the blank behind a prompt would be held back. */
    private static byte[] piece(byte[] core, int from, int length) {
        int begin = from;
        int end = from + length;
        while (begin < end && core[begin] == ' ') {
            begin++;
        }
        while (begin < end && core[end - 1] == ' ') {
            end--;
        }
        return Arrays.copyOfRange(core, begin, end);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
