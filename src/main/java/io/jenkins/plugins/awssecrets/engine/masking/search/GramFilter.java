package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Skips text in which none of some patterns can begin, by looking at a few of its bytes only. Immutable.
 *
 * <p>The window is the length of the shortest of the patterns. All grams (stretches of some bytes, eight at most) in
 * the first window of each pattern are kept in a Bloom filter, and of the text only every n-th gram is looked up, where
 * n is the number of grams in a window. Wherever a pattern may occur, one of these is in its first window; so where no
 * look-up succeeds, nothing begins. A look-up is one load of eight bytes, one multiplication and two bytes of the table:
 * a gram sets the same bit in both, and where the two have no bit in common, the gram was not added.
 */
public final class GramFilter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Of so many bits one is set at most; one look-up in 128 has then a bit in common by chance, one in 1,000 its own. */
    private static final int SPARSE = 32;

    /** A larger table is seldom in a cache near the processor: half of it, less sparse, is faster. */
    private static final int NEAR = 1 << 19;

    private static final int FEWEST_BYTES = 256;
    private static final int MOST_BYTES = 1 << 23;

    /** Of a hash, the bits from each of these on say which two bytes, and the three highest which bit of both. */
    private static final int FIRST = 41;

    private static final int SECOND = 26;
    private static final int BIT = 61;

    private final int gram;
    private final int reach;
    private final long significant;
    private final byte[] table;

    private GramFilter(int gram, int reach, byte[] table) {
        this.gram = gram;
        this.reach = reach;
        this.table = table;
        significant = -1L >>> Long.SIZE - Byte.SIZE * gram;
    }

    /**
     * A filter to add grams to.
     *
     * @param window bytes of the shortest pattern
     * @param gram bytes of a gram: 1 to 8, and not more than the window
     * @param expected how many grams will be added, at most
     */
    static GramFilter of(int window, int gram, int expected) {
        int bytes = FEWEST_BYTES;
        while (bytes < MOST_BYTES && (long) bytes * Byte.SIZE < 2L * SPARSE * expected) {
            bytes *= 2;
        }
        return new GramFilter(gram, window - gram, new byte[bytes]);
    }

    /** The same filter with the smallest table that is sparse enough, so that it fits the processor's cache. */
    GramFilter compact() {
        long set = 0;
        for (byte each : table) {
            set += Integer.bitCount(each & 0xFF);
        }
        int sparse = table.length > NEAR ? SPARSE / 2 : SPARSE;
        if (table.length == FEWEST_BYTES || 2 * set * sparse > (long) table.length * Byte.SIZE) {
            return this;
        }
        // A place is the lowest bits of a number, so with one bit less, two places become one.
        byte[] half = Arrays.copyOf(table, table.length / 2);
        for (int i = 0; i < half.length; i++) {
            half[i] |= table[half.length + i];
        }
        return new GramFilter(gram, reach, half).compact();
    }

    /** Bytes of a gram. */
    public int gram() {
        return gram;
    }

    /** How far behind a pattern's first byte the gram that gave it away may begin. */
    public int reach() {
        return reach;
    }

    /** Adds a gram: its bytes in the order of the text, the first one lowest. */
    void add(long bytes) {
        long hash = hash(bytes);
        byte bit = (byte) (1 << (hash >>> BIT));
        table[(int) (hash >>> FIRST) & table.length - 1] |= bit;
        table[(int) (hash >>> SECOND) & table.length - 1] |= bit;
    }

    /**
     * The first position, {@code from} or later, at which a pattern may begin. Less than a gram before the end that can not
     * be told, and less than a window before it not always: the answer is then the first such position, which is
     * {@code end} at most.
     */
    public int next(byte[] text, int from, int end) {
        int last = end - gram;
        int step = reach + 1;
        int lastOfFour = Math.min(last, text.length - Long.BYTES) - 3 * step;
        int at = from + reach;
        boolean known = false;
        while (at <= last && !known) {
            at = skip(text, at, lastOfFour);
            for (int four = Math.min(last, at + 3 * step); at <= four; at += step) {
                known = knows(load(text, at));
                if (known) {
                    break;
                }
            }
        }
        // The last gram there is tells of all places but those behind it.
        if (at > last && at - step < last && last >= from && !knows(load(text, last))) {
            return last + 1;
        }
        return Math.min(at - reach, end);
    }

    /** Up to where four grams in a row may not all be unknown. Where it knows the step, the compiler checks no bounds. */
    private int skip(byte[] text, int from, int lastOfFour) {
        return switch (reach + 1) {
            case 16 -> skip(text, from, lastOfFour, 16);
            case 15 -> skip(text, from, lastOfFour, 15);
            case 14 -> skip(text, from, lastOfFour, 14);
            case 1 -> skip(text, from, lastOfFour, 1);
            default -> skip(text, from, lastOfFour, reach + 1);
        };
    }

    /** Four at a time: their loads do not wait for one another, and there is one branch for all. */
    private int skip(byte[] text, int from, int lastOfFour, int step) {
        int at = from;
        for (; at <= lastOfFour; at += 4 * step) {
            int common = common(hash((long) LONG.get(text, at)))
                    | common(hash((long) LONG.get(text, at + step)))
                    | common(hash((long) LONG.get(text, at + 2 * step)))
                    | common(hash((long) LONG.get(text, at + 3 * step)));
            if (common != 0) {
                break;
            }
        }
        return at;
    }

    private long hash(long bytes) {
        return (bytes & significant) * MULTIPLIER;
    }

    /** What bits the two bytes of a gram have in common: 0 for one that was not added. */
    private int common(long hash) {
        return table[(int) (hash >>> FIRST) & table.length - 1] & table[(int) (hash >>> SECOND) & table.length - 1];
    }

    /** Whether the gram that begins these bytes may be one that was added. */
    private boolean knows(long bytes) {
        long hash = hash(bytes);
        return (common(hash) >>> (hash >>> BIT) & 1) != 0;
    }

    /** The bytes from a position on, eight or as many as there are. */
    private static long load(byte[] text, int at) {
        int missing = at + Long.BYTES - text.length;
        if (missing <= 0) {
            return (long) LONG.get(text, at);
        }
        if (text.length >= Long.BYTES) {
            return (long) LONG.get(text, at - missing) >>> missing * Byte.SIZE;
        }
        long bytes = 0;
        for (int i = text.length - 1; i >= at; i--) {
            bytes = bytes << Byte.SIZE | text[i] & 0xFF;
        }
        return bytes;
    }
}
