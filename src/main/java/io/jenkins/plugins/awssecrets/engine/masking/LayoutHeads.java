package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.PatternSet;

/** What skeletons begin with, up to three letters: a bit for each such beginning, as it is asked for at every write. */
final class LayoutHeads {
    static final int LONGEST = 3;

    /** Bits of a letter or digit. */
    private static final int CODE = 6;

    private static final byte[] CODES = new byte[1 << Byte.SIZE - 1];

    static {
        int codes = 0;
        for (int c = 0; c < CODES.length; c++) {
            CODES[c] = (byte) (LayoutUnit.isWord(c) ? codes++ : 0);
        }
    }

    private final long[][] bits = new long[LONGEST + 1][];

    LayoutHeads(PatternSet skeletons) {
        for (int length = 1; length <= LONGEST; length++) {
            bits[length] = new long[1 << CODE * (length - 1)];
            for (int i = 0; i < skeletons.size(); i++) {
                int head = 0;
                for (int at = 0; at < length; at++) {
                    head = head << CODE | CODES[(int) skeletons.bytes(i, at, at + 1)];
                }
                bits[length][head >> CODE] |= 1L << head;
            }
        }
    }

    /** Whether a skeleton begins with the last so many letters. */
    boolean contains(Letters letters, int length) {
        int head = 0;
        for (int at = letters.count() - length; at < letters.count(); at++) {
            head = head << CODE | CODES[letters.at(at)];
        }
        return (bits[length][head >> CODE] >>> head & 1) != 0;
    }
}
