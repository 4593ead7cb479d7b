package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.Arrays;

/** A map from distinct non-negative longs to non-negative ints, by open addressing. Filled first, then only read. */
final class SparseTable {
    private static final int ABSENT = -1;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[16];
    private int[] values = new int[16];
    private int size;

    SparseTable() {
        Arrays.fill(keys, ABSENT);
    }

    void put(long key, int value) {
        // At most half full: an absent key is then found absent after one or two looks.
        if (2 * ++size > keys.length) {
            grow();
        }
        set(key, value);
    }

    /** The value, or a negative number when the key is absent. */
    int get(long key) {
        int slot = slot(key);
        return keys[slot] == key ? values[slot] : ABSENT;
    }

    private void set(long key, int value) {
        int slot = slot(key);
        keys[slot] = key;
        values[slot] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(keys, ABSENT);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != ABSENT) {
                set(oldKeys[i], oldValues[i]);
            }
        }
    }

    private int slot(long key) {
        int shift = Long.numberOfLeadingZeros(keys.length) + 1;
        int slot = (int) (key * MULTIPLIER >>> shift);
        while (keys[slot] != key && keys[slot] != ABSENT) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
