package io.jenkins.plugins.awssecrets.engine.masking.forms;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Base64 and hex that a tool has cut into lines: {@code base64} at 76 columns, openssl and PEM at 64, {@code xxd -p} at
 * 60, MIME with {@code \r\n}. A secret that begins its file is cut where the columns say. One in the middle of a file is
 * cut anywhere: a short one has a form for every place of one break, a long one has pieces that overlap, so that a
 * break leaves fewer characters than a step at each side of it.
 */
final class WrappedForms implements FormFamily {
    private static final int[] COLUMNS = {76, 64, 60};
    private static final List<String> BREAKS = List.of("\n", "\r\n");
    /** Up to this many bytes a wrapped secret has one break at most. */
    private static final int ONE_BREAK = 48;
    /** Fragments below this length would slow the matcher and could match by chance. */
    private static final int SHORTEST_PIECE = 16;

    private static final int PIECE = 32;
    private static final int STEP = 8;

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        byte[] hex = ascii(HexForms.joined(bytes, "", false));
        wrap(Base64Core.padded(bytes), into);
        if (subject.text().isPresent()) {
            wrap(Base64Core.padded(Base64Core.line(bytes)), into);
        }
        wrap(hex, into);
        wrap(ascii(HexForms.joined(bytes, "", true)), into);
        int step = bytes.length > Derivation.LARGE ? 2 * STEP : STEP;
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            byte[] core = Base64Core.of(bytes, before);
            if (bytes.length <= ONE_BREAK) {
                breakAnywhere(core, 1, into);
                halves(core, into);
            } else {
                pieces(core, step, into);
            }
        }
        if (bytes.length <= ONE_BREAK) {
            breakAnywhere(hex, 2, into);
        } else {
            pieces(hex, 2 * step, into);
        }
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

    private static void breakAnywhere(byte[] core, int step, Patterns into) {
        if (core.length < Patterns.SAFE_LENGTH) {
            return;
        }
        for (int at = step; at < core.length; at += step) {
            byte[] broken = new byte[core.length + 1];
            System.arraycopy(core, 0, broken, 0, at);
            broken[at] = '\n';
            System.arraycopy(core, at, broken, at + 1, core.length - at);
            into.add(broken);
        }
    }

    /** One of the two survives any one break, also one of {@code \r\n} or with an indent. */
    private static void halves(byte[] core, Patterns into) {
        int half = core.length / 2;
        if (half >= SHORTEST_PIECE) {
            into.add(Arrays.copyOfRange(core, 0, half));
            into.add(Arrays.copyOfRange(core, half, core.length));
        }
    }

    private static void pieces(byte[] core, int step, Patterns into) {
        for (int from = 0; from + PIECE <= core.length; from += step) {
            into.add(Arrays.copyOfRange(core, from, from + PIECE));
        }
        into.add(Arrays.copyOfRange(core, Math.max(0, core.length - PIECE), core.length));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
