package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;

/** The stretches of some bytes in which anchors were found: one or several in each, all of them within it. */
public final class Anchors {
    private int[] bounds = new int[32];
    private int size;

    public void add(int start, int end) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** Forgets the last ones that begin at a position or behind it: in a match, which is masked anyway. */
    public void forget(int from) {
        while (size > 0 && start(size - 1) >= from) {
            size--;
        }
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public int start(int index) {
        return bounds[2 * index];
    }

    public int end(int index) {
        return bounds[2 * index + 1];
    }
}
