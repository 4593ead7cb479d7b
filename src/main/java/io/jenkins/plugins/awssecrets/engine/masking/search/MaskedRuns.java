package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;

/** The stretches of text that matches cover, in order, neither overlapping nor touching. Positions may be negative. */
public final class MaskedRuns {
    private int[] bounds = new int[32];
    private int size;

    /** Adds a match. Matches come in the order of their ends; a longer one may swallow several that came before. */
    public void cover(int start, int end) {
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

    /** Adds a stretch that is not in the order of {@link #cover}. */
    public void insert(int start, int end) {
        int from = start;
        int until = end;
        int first = 0;
        while (first < size && end(first) < from) {
            first++;
        }
        int next = first;
        while (next < size && start(next) <= until) {
            from = Math.min(from, start(next));
            until = Math.max(until, end(next));
            next++;
        }
        int[] moved = new int[Math.max(bounds.length, 2 * (size + 1))];
        System.arraycopy(bounds, 0, moved, 0, 2 * first);
        moved[2 * first] = from;
        moved[2 * first + 1] = until;
        System.arraycopy(bounds, 2 * next, moved, 2 * first + 2, 2 * (size - next));
        size = first + 1 + size - next;
        bounds = moved;
    }

    /** The first stretch, at this index or later, that ends at a position or behind it. */
    public int next(int index, int end) {
        int next = index;
        while (next < size && end(next) < end) {
            next++;
        }
        return next;
    }

    /** Whether there is a stretch at this index that begins at a position or before it. */
    public boolean holds(int index, int start) {
        return index < size && start(index) <= start;
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

    public void clear() {
        size = 0;
    }

    /** Forgets what ends at or before a position, and counts all positions from {@code distance} on. */
    public void advance(int doneUntil, int distance) {
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
