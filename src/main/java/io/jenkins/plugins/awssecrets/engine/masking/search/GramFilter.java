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
 * look-up succeeds, nothing begins. A look-up is one load of eight bytes, one multiplication and one word of the table.
 */
public final class GramFilter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Of so many bits one is set at most; with two bits a gram, one look-up in 250 then succeeds by chance. */
    private static final int SPARSE = 16;

    private static final int FEWEST_WORDS = 32;
    private static final int MOST_WORDS = 1 << 20;

    /** Of a hash, the highest bits say which word, and six bits from each of these on which bits of it. */
    private static final int FIRST_BIT = 34;

    private static final int SECOND_BIT = 40;

    private final int gram;
    private final int reach;
    private final long significant;
    private final long[] table;
    private final int shift;

    private GramFilter(int gram, int reach, long[] table) {
        this.gram = gram;
        this.reach = reach;
        this.table = table;
        significant = -1L >>> Long.SIZE - Byte.SIZE * gram;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(table.length);
    }

    /**
     * A filter to add grams to.
     *
     * @param window bytes of the shortest pattern
     * @param gram bytes of a gram: 1 to 8, and not more than the window
     * @param expected how many grams will be added, at most
     */
    static GramFilter of(int window, int gram, int expected) {
        int words = FEWEST_WORDS;
        while (words < MOST_WORDS && (long) words * Long.SIZE < 2L * SPARSE * expected) {
            words *= 2;
        }
        return new GramFilter(gram, window - gram, new long[words]);
    }

    /** The same filter with the smallest table that is sparse enough, so that it fits the processor's cache. */
    GramFilter compact() {
        long set = Arrays.stream(table).map(Long::bitCount).sum();
        if (table.length == FEWEST_WORDS || 2 * set * SPARSE > (long) table.length * Long.SIZE) {
            return this;
        }
        // A word's place is the highest bits of the hash, so with one bit less, neighbours share one.
        long[] half = new long[table.length / 2];
        Arrays.setAll(half, i -> table[2 * i] | table[2 * i + 1]);
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
        long hash = (bytes & significant) * MULTIPLIER;
        table[(int) (hash >>> shift)] |= bits(hash);
    }

    /**
     * The first position, {@code from} or later, at which a pattern may begin. Less than a gram before the end that can not
     * be told, and less than a window before it not always: the answer is then the first such position, which is
     * {@code end} at most.
     */
    public int next(byte[] text, int from, int end) {
        int last = end - gram;
        int lastOfFour = Math.min(last, text.length - Long.BYTES) - 3 * reach - 3;
        int step = reach + 1;
        int at = from + reach;
        // Four at a time: their loads do not wait for one another, and there is one branch for all.
        while (at <= lastOfFour) {
            long known = known((long) LONG.get(text, at))
                    | known((long) LONG.get(text, at + step))
                    | known((long) LONG.get(text, at + 2 * step))
                    | known((long) LONG.get(text, at + 3 * step));
            if ((known & 1) != 0) {
                break;
            }
            at += 4 * step;
        }
        while (at <= last && (known(load(text, at)) & 1) == 0) {
            at += step;
        }
        // The last gram there is tells of all places but those behind it.
        if (at > last && at - step < last && last >= from && (known(load(text, last)) & 1) == 0) {
            return last + 1;
        }
        return Math.min(at - reach, end);
    }

    /** In the lowest bit: whether the gram that begins these bytes may be one that was added. */
    private long known(long bytes) {
        long hash = (bytes & significant) * MULTIPLIER;
        long word = table[(int) (hash >>> shift)];
        return word >>> (hash >>> FIRST_BIT) & word >>> (hash >>> SECOND_BIT);
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

    private long bits(long hash) {
        return 1L << (hash >>> FIRST_BIT) | 1L << (hash >>> SECOND_BIT);
    }
}
