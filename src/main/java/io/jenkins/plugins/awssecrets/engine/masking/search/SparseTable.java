package io.jenkins.plugins.awssecrets.engine.masking.search;

/**
 * A map from distinct keys to values, both above zero, by open addressing. Filled first, then only read. An entry is
 * one long, so that a look-up costs one place in memory.
 */
final class SparseTable {
    /** Values, and the states of an automaton, are below two to this power. */
    static final int VALUE_BITS = 28;

    private static final long VALUE = (1L << VALUE_BITS) - 1;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long[] entries = new long[16];
    private int size;

    /** Makes room for so many entries, before the first one is added. */
    void reserve(int count) {
        while (entries.length < 2L * count) {
            entries = new long[2 * entries.length];
        }
    }

    /** Adds an entry: a key of at most 36 bits and a value of at most {@value #VALUE_BITS}. */
    void put(long key, int value) {
        // At most half full: an absent key is then found absent after one or two looks.
        if (2 * ++size > entries.length) {
            long[] old = entries;
            entries = new long[2 * old.length];
            for (long entry : old) {
                if (entry != 0) {
                    entries[slot(entry >>> VALUE_BITS)] = entry;
                }
            }
        }
        entries[slot(key)] = key << VALUE_BITS | value;
    }

    /** The value; 0 when the key is absent. */
    int get(long key) {
        return (int) (entries[slot(key)] & VALUE);
    }

    private int slot(long key) {
        int slot = (int) (key * MULTIPLIER >>> Long.numberOfLeadingZeros(entries.length) + 1);
        while (entries[slot] != 0 && entries[slot] >>> VALUE_BITS != key) {
            slot = slot + 1 & entries.length - 1;
        }
        return slot;
    }
}
