package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.MaskedRuns;
import java.util.Arrays;

/** The last letters and digits that a {@link LayoutScan} has read, where each stands, and what stands between them. */
final class Letters {
    private static final byte BLANK = 1;
    private static final byte BREAK = 2;

    /** So many are kept at least. */
    private static final int KEPT = LayoutMatcher.HEAD;

    private byte[] letters = new byte[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];

    /** What stands before each of them. */
    private byte[] gaps = new byte[64];

    private int count;
    private byte gap;
    private int end;
    private int gram;

    int count() {
        return count;
    }

    byte at(int index) {
        return letters[index];
    }

    int start(int index) {
        return starts[index];
    }

    /** Where the last one ends, or reading began. */
    int end() {
        return end;
    }

    /** The last four, the first of them lowest. */
    int gram() {
        return gram;
    }

    void blank() {
        gap |= BLANK;
    }

    void blank(boolean any) {
        gap |= any ? BLANK : 0;
    }

    void lineBreak() {
        gap |= BREAK;
    }

    /** Whether a blank or a line break has been read behind the last one. */
    boolean isApart() {
        return gap != 0;
    }

    void clear(int position) {
        count = 0;
        gap = 0;
        gram = 0;
        end = position;
    }

    /** @param needed how many of those before may be asked for again */
    void add(int letter, int start, int until, int needed) {
        if (count == letters.length) {
            makeRoom(Math.max(KEPT, needed));
        }
        letters[count] = (byte) letter;
        starts[count] = start;
        ends[count] = until;
        gaps[count] = gap;
        count++;
        gap = 0;
        end = until;
        gram = gram >>> Byte.SIZE | letter << 3 * Byte.SIZE;
    }

    void advance(int distance) {
        end -= distance;
        for (int i = 0; i < count; i++) {
            starts[i] -= distance;
            ends[i] -= distance;
        }
    }

    /** The one from which on the first letters are in one word; {@link #count} for none that has been read. */
    int wordFrom(int first) {
        int word = first;
        int last = Math.min(first + LayoutMatcher.HEAD, count);
        for (int i = first + 1; i < last; i++) {
            if (gaps[i] != 0) {
                word = i;
            }
        }
        return last - first < LayoutMatcher.HEAD && gap != 0 ? count : word;
    }

    /** Masks the last letters, line by line. */
    void cover(int length, MaskedRuns runs) {
        int begin = count - length;
        for (int i = begin + 1; i <= count; i++) {
            if (i == count || (gaps[i] & BREAK) != 0) {
                runs.insert(starts[begin], ends[i - 1]);
                begin = i;
            }
        }
    }

    private void makeRoom(int kept) {
        if (kept > count / 2) {
            letters = Arrays.copyOf(letters, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            gaps = Arrays.copyOf(gaps, 2 * count);
            return;
        }
        int from = count - kept;
        System.arraycopy(letters, from, letters, 0, kept);
        System.arraycopy(starts, from, starts, 0, kept);
        System.arraycopy(ends, from, ends, 0, kept);
        System.arraycopy(gaps, from, gaps, 0, kept);
        count = kept;
    }
}
