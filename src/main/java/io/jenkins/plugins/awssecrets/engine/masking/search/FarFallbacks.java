package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;

/**
 * The fallbacks that do not follow from a state's last two bytes. Where a pattern holds a part of another one, those of
 * neighbouring states are neighbours too: what is kept is where such a row begins and how far away its fallbacks are.
 */
final class FarFallbacks {
    private int[] starts = new int[16];
    private int[] distances = new int[16];
    private int size;

    /** Adds a state, in ascending order. */
    void add(int state, int fallback) {
        int distance = fallback == Automaton.ROOT ? 0 : state - fallback;
        if (size > 0 && distances[size - 1] == distance) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            distances = Arrays.copyOf(distances, 2 * size);
        }
        starts[size] = state;
        distances[size++] = distance;
    }

    int size() {
        return size;
    }

    /** The same without room for more. */
    FarFallbacks trimmed() {
        starts = Arrays.copyOf(starts, size);
        distances = Arrays.copyOf(distances, size);
        return this;
    }

    /** The fallback of a state that was added. */
    int get(int state) {
        int found = Arrays.binarySearch(starts, state);
        int distance = distances[found >= 0 ? found : -found - 2];
        return distance == 0 ? Automaton.ROOT : state - distance;
    }
}
