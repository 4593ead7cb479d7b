package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;

/** Where the anchors end that were found in some bytes. */
public final class AnchorEnds {
    private int[] ends = new int[16];
    private int size;

    public void add(int end) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size++] = end;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public int end(int index) {
        return ends[index];
    }
}
