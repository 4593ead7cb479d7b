package io.jenkins.plugins.awssecrets.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds at the end of a text a position, the later the better, from which on every match is found that goes on behind the
 * end. Most texts end with four letters that no secret has in a row, which is seen by a look at them and at what they
 * stand in.
 */
final class LayoutTail {
    /** How many bytes to look at first. */
    private static final int NEAR = 24;

    /** The last four letters are among so many bytes, mostly. */
    private static final int BEHIND = 24;

    /** Bytes of the longest reference, or character of a URL. */
    private static final int ENTITY = 12;

    /** More bytes that are held back are read. */
    private static final int FEW = 16;

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LayoutTail() {}

    /** @param text up to the end that is asked for */
    static int of(LayoutText text, LayoutMatcher matcher) {
        int quick = quick(text, matcher);
        if (quick != UNKNOWN) {
            return quick;
        }
        for (int bytes = NEAR; ; bytes *= 4) {
            int from = Math.max(text.begin(), text.end() - bytes);
            int found = from(text, from, matcher);
            if (found > from || from == text.begin()) {
                return found;
            }
        }
    }

    private static int quick(LayoutText text, LayoutMatcher matcher) {
        byte[] bytes = text.bytes();
        int end = text.offset() + text.end();
        int behind = Math.max(text.offset(), end - BEHIND);
        int gram = 0;
        int letters = 0;
        int second = 0;
        for (int at = end - 1; at >= behind; at--) {
            int c = bytes[at];
            if (LayoutUnit.isWord(c)) {
                gram = gram << Byte.SIZE | c & 0xFF;
                if (++letters == LayoutMatcher.HEAD) {
                    return matcher.knows(gram) || !isPlain(text, at - text.offset()) ? UNKNOWN : second - text.offset();
                }
                second = at;
            } else if (LayoutUnit.begins(c) || c == '>' || c == ';' || c == '|' || c == '\n' && at < end - 1) {
                return UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    /** Whether what stands here is part of nothing that began before. */
    private static boolean isPlain(LayoutText text, int position) {
        byte[] bytes = text.bytes();
        int offset = text.offset();
        int shortUnits = Math.max(0, position - LayoutUnit.LONGEST_SHORT);
        for (int at = position - 1; at >= shortUnits; at--) {
            int c = bytes[offset + at];
            if (LayoutUnit.begins(c)
                    && (position - at <= ENTITY || c != '&' && c != '%' && c != '=' || isEncodedWord(text, at))) {
                return false;
            }
        }
        for (int at = text.begin(); at < 0; at++) {
            int c = text.at(at);
            if (text.heldLength() > FEW || LayoutUnit.begins(c) || c == '\n') {
                return false;
            }
        }
        int line = position - 1;
        int until = Math.max(0, position - LinePrefix.LONGEST);
        while (line >= until && bytes[offset + line] != '\n') {
            line--;
        }
        if (line >= until) {
            int prefix = LinePrefix.length(text, line + 1);
            if (prefix < 0 || line + 1 + prefix > position) {
                return false;
            }
        }
        int at = Math.max(0, position - LayoutUnit.LONGEST);
        for (; at + Long.BYTES <= shortUnits; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, offset + at);
            if ((LayoutMatcher.bytes(eight, 0x1b) | LayoutMatcher.bytes(eight, '<')) != 0) {
                return false;
            }
        }
        for (; at < shortUnits; at++) {
            if (bytes[offset + at] == 0x1b || bytes[offset + at] == '<') {
                return false;
            }
        }
        return true;
    }

    private static boolean isEncodedWord(LayoutText text, int at) {
        return text.at(at) == '=' && text.at(at + 1) == '?';
    }

    /** Where after {@code from} there are letters in a row that no skeleton has; else {@code from}. */
    private static int from(LayoutText text, int from, LayoutMatcher matcher) {
        int result = from;
        int gram = 0;
        int letters = 0;
        int[] last = new int[LayoutMatcher.HEAD];
        int at = LayoutUnit.begin(text, from);
        int end = at;
        while (at < text.end()) {
            int c = text.at(at);
            int length = 1;
            if (c == '\n') {
                int prefix = at + 1 < text.end() ? LinePrefix.length(text, at + 1) : 0;
                if (prefix < 0) {
                    return result;
                }
                letters = prefix > 0 ? 0 : letters;
                length += prefix;
            } else if (LayoutUnit.begins(c)) {
                int unit = LayoutUnit.read(text, at);
                if (unit == LayoutUnit.INCOMPLETE) {
                    return result;
                }
                if (LayoutUnit.length(unit) > 0) {
                    length = LayoutUnit.length(unit);
                    c = LayoutUnit.character(unit);
                }
            }
            if (LayoutUnit.isWord(c) && at >= from) {
                if (at - end > LayoutScan.WIDEST_GAP) {
                    result = at;
                }
                end = at + length;
                gram = gram >>> Byte.SIZE | c << 3 * Byte.SIZE;
                last[letters % LayoutMatcher.HEAD] = at;
                if (++letters >= LayoutMatcher.HEAD && !matcher.knows(gram)) {
                    result = last[(letters + 1) % LayoutMatcher.HEAD];
                }
            }
            at += length;
        }
        return text.end() - end > LayoutScan.WIDEST_GAP ? text.end() : result;
    }
}
