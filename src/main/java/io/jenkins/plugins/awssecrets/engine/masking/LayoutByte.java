package io.jenkins.plugins.awssecrets.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What a byte may be in the layout of a text: looked up in a table, or for eight bytes at once. */
final class LayoutByte {
    /** Begins a {@link LayoutUnit} of at most {@value LayoutUnit#LONGEST_SHORT} bytes. */
    static final int SHORT = 1;

    /** Begins one that may be longer. */
    static final int LONG = 2;

    static final int LINE_BREAK = 4;
    static final int WORD = 8;

    /** Is never part of a {@link LinePrefix}, but in a terminal sequence. */
    static final int NO_PREFIX = 16;

    /** May stand within a {@link #SHORT} unit, behind its first byte and before its last. */
    static final int IN_SHORT = 32;

    /** A blank or a tab. */
    static final int BLANK = 64;

    /** May stand within a terminal sequence, before its last byte. */
    static final int PARAMETER = 128;

    /** Begins any unit. */
    static final int UNIT = SHORT | LONG;

    private static final int ESC = 0x1b;
    private static final short[] KINDS = new short[1 << Byte.SIZE];

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST = 0x0101010101010101L;
    private static final long HIGHEST = LOWEST << 7;
    private static final int BLOCK = 8 * Long.BYTES;

    static {
        for (int c = 0; c < KINDS.length; c++) {
            int kind =
                    switch (c) {
                        case '\\', '%', '&', '=' -> SHORT;
                        case '<', ESC -> LONG;
                        case '\n' -> LINE_BREAK;
                        case ' ', '\t' -> BLANK;
                        case '#', '?', '-', '{', '[' -> IN_SHORT;
                        default -> LayoutUnit.isWord(c) ? WORD : 0;
                    };
            boolean prefix = kind == WORD || c > '~' || c == ESC || "_.-:,+[]#| \t\n".indexOf(c) >= 0;
            boolean parameter = c >= ' ' && c < '@';
            KINDS[c] = (short) (kind | (prefix ? 0 : NO_PREFIX) | (parameter ? PARAMETER : 0));
        }
    }

    /** For each byte, of each of its kinds the lowest bit of the byte that has the kind's number. */
    private static final long[] BITS = new long[1 << Byte.SIZE];

    static {
        for (int c = 0; c < BITS.length; c++) {
            for (int kind = 0; kind < Byte.SIZE; kind++) {
                BITS[c] |= (KINDS[c] >> kind & 1L) << kind * Byte.SIZE;
            }
        }
    }

    private LayoutByte() {}

    /** Of eight bytes, a bit each for each of the eight kinds. */
    static long kindsOfEight(byte[] bytes, int from) {
        return BITS[bytes[from] & 0xFF]
                | BITS[bytes[from + 1] & 0xFF] << 1
                | BITS[bytes[from + 2] & 0xFF] << 2
                | BITS[bytes[from + 3] & 0xFF] << 3
                | BITS[bytes[from + 4] & 0xFF] << 4
                | BITS[bytes[from + 5] & 0xFF] << 5
                | BITS[bytes[from + 6] & 0xFF] << 6
                | BITS[bytes[from + 7] & 0xFF] << 7;
    }

    /** Which of four times {@linkplain #kindsOfEight eight bytes} are of a kind. */
    static int of(int kind, long a, long b, long c, long d) {
        int shift = Integer.numberOfTrailingZeros(kind) * Byte.SIZE;
        return (int) (a >>> shift & 0xFF
                | (b >>> shift & 0xFF) << 8
                | (c >>> shift & 0xFF) << 16
                | (d >>> shift & 0xFF) << 24);
    }

    /** Whether a byte, from 0 to 255, is one of some kinds. */
    static boolean is(int c, int kinds) {
        return (KINDS[c] & kinds) != 0;
    }

    static int kind(int c) {
        return KINDS[c];
    }

    /** Which of eight bytes of a text is the last that is a line break, or may begin a {@link #LONG} unit; -1 for none. */
    static int lastLongOrBreak(LayoutText text, int at) {
        long eight = (long) EIGHT.get(text.bytes(), text.offset() + at);
        long others = unequal(eight, ESC) & unequal(eight, '<') & unequal(eight, '\n');
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(~others & HIGHEST)) >> 3;
    }

    /** The highest bit of each byte that is not this one. */
    private static long unequal(long eight, int wanted) {
        long difference = eight ^ LOWEST * wanted;
        return (difference & ~HIGHEST) + ~HIGHEST | difference;
    }

    /** The last byte before a position that is none of some kinds; a position before {@code begin} for none. */
    static int lastNot(int kinds, LayoutText text, int begin, int position) {
        byte[] bytes = text.bytes();
        int at = text.offset() + position - 1;
        int until = text.offset() + Math.max(0, begin);
        while (at >= until && is(bytes[at] & 0xFF, kinds)) {
            at--;
        }
        at -= text.offset();
        while (at < 0 && at >= begin && is(text.at(at), kinds)) {
            at--;
        }
        return at;
    }

    /** Whether one of some bytes is of some kinds. */
    static boolean any(int kinds, LayoutText text, int from, int until) {
        byte[] bytes = text.bytes();
        int first = text.offset() + Math.max(0, from);
        for (int at = text.offset() + until - 1; at >= first; at--) {
            if (is(bytes[at] & 0xFF, kinds)) {
                return true;
            }
        }
        for (int at = from; at < Math.min(0, until); at++) {
            if (is(text.at(at), kinds)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of eight bytes of a text may begin a {@link #LONG} unit. */
    static boolean anyLong(LayoutText text, int at) {
        long eight = (long) EIGHT.get(text.bytes(), text.offset() + at);
        return (equal(eight, ESC) | equal(eight, '<')) != 0;
    }

    /** The first byte of this kind, from a position on; {@code end} for none. It is below 0x80. */
    static int next(byte wanted, byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            at = skip(wanted * LOWEST, bytes, at, end);
            int until = Math.min(end, at + BLOCK);
            for (; at <= until - Long.BYTES; at += Long.BYTES) {
                long found = equal((long) EIGHT.get(bytes, at), wanted);
                if (found != 0) {
                    return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
                }
            }
            for (; at < until; at++) {
                if (bytes[at] == wanted) {
                    return at;
                }
            }
        }
        return end;
    }

    /** Skips what is not this byte by a look at 64 bytes at once, for which bytes beyond ASCII seem to be it too. */
    private static int skip(long wanted, byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - BLOCK; at += BLOCK) {
            long maybe = seems(wanted, bytes, at)
                    | seems(wanted, bytes, at + 8)
                    | seems(wanted, bytes, at + 16)
                    | seems(wanted, bytes, at + 24)
                    | seems(wanted, bytes, at + 32)
                    | seems(wanted, bytes, at + 40)
                    | seems(wanted, bytes, at + 48)
                    | seems(wanted, bytes, at + 56);
            if ((maybe & HIGHEST) != 0) {
                break;
            }
        }
        return at;
    }

    private static long seems(long wanted, byte[] bytes, int at) {
        return ((long) EIGHT.get(bytes, at) ^ wanted) - LOWEST;
    }

    /** Not 0 where one of eight bytes is this one: the lowest bit that is set is in the first such byte. */
    static long equal(long eight, int wanted) {
        long difference = eight ^ LOWEST * wanted;
        return difference - LOWEST & ~difference & HIGHEST;
    }
}
