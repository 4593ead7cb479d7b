package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.Arrays;

/** Where the anchors end that were found in some bytes. */
final class AnchorEnds {
    private int[] ends = new int[16];
    private int size;

    void add(int end) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size++] = end;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int end(int index) {
        return ends[index];
    }
}
