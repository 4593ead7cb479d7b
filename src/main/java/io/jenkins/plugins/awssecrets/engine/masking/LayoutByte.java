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

    /** Begins any unit. */
    static final int UNIT = SHORT | LONG;

    private static final int ESC = 0x1b;
    private static final byte[] KINDS = new byte[1 << Byte.SIZE];

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST = 0x0101010101010101L;
    private static final long HIGHEST = LOWEST << 7;

    static {
        for (int c = 0; c < KINDS.length; c++) {
            int kind =
                    switch (c) {
                        case '\\', '%', '&', '=' -> SHORT;
                        case '<', ESC -> LONG;
                        case '\n' -> LINE_BREAK;
                        default -> LayoutUnit.isWord(c) ? WORD : 0;
                    };
            boolean prefix = kind == WORD || c > '~' || c == ESC || "_.-:,+[]#| \t\n".indexOf(c) >= 0;
            KINDS[c] = (byte) (prefix ? kind : kind | NO_PREFIX);
        }
    }

    private LayoutByte() {}

    /** Whether a byte, from 0 to 255, is one of some kinds. */
    static boolean is(int c, int kinds) {
        return (KINDS[c] & kinds) != 0;
    }

    static int kind(int c) {
        return KINDS[c];
    }

    /** Whether one of eight bytes of a text may begin a {@link #LONG} unit. */
    static boolean anyLong(LayoutText text, int at) {
        long eight = (long) EIGHT.get(text.bytes(), text.offset() + at);
        return (equal(eight, ESC) | equal(eight, '<')) != 0;
    }

    /** Not 0 where one of eight bytes is this one: the lowest bit that is set is in the first such byte. */
    static long equal(long eight, int wanted) {
        long difference = eight ^ LOWEST * wanted;
        return difference - LOWEST & ~difference & HIGHEST;
    }
}
