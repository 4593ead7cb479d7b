package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.Arrays;

/** The stretches of text that matches cover, in order, neither overlapping nor touching. Positions may be negative. */
final class MaskedRuns {
    private int[] bounds = new int[32];
    private int size;

    /** Adds a match. Matches come in the order of their ends; a longer one may swallow several that came before. */
    void cover(int start, int end) {
        int from = start;
        while (size > 0 && end(size - 1) >= from) {
            size--;
            from = Math.min(from, start(size));
        }
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = from;
        bounds[2 * size + 1] = end;
        size++;
    }

    int size() {
        return size;
    }

    int start(int index) {
        return bounds[2 * index];
    }

    int end(int index) {
        return bounds[2 * index + 1];
    }

    void clear() {
        size = 0;
    }

    /** Forgets what ends at or before a position, and counts all positions from {@code distance} on. */
    void advance(int doneUntil, int distance) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (end(i) > doneUntil) {
                bounds[2 * kept] = start(i) - distance;
                bounds[2 * kept + 1] = end(i) - distance;
                kept++;
            }
        }
        size = kept;
    }
}
