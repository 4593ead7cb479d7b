package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The textbook way, to compare with: an Aho-Corasick automaton as one dense table, one look-up a byte. It is let off
 * lightly: it finds matches and passes everything on, without masking or holding anything back.
 */
final class DenseMasking extends OutputStream {
    private static final int ROW = 256;

    private final OutputStream sink;
    private final int[] next;
    private final boolean[] matches;
    private int state;
    private long found;

    private DenseMasking(OutputStream sink, int[] next, boolean[] matches) {
        this.sink = sink;
        this.next = next;
        this.matches = matches;
    }

    static DenseMasking of(List<byte[]> patterns) {
        int capacity = 1 + patterns.stream().mapToInt(pattern -> pattern.length).sum();
        DenseMasking dense =
                new DenseMasking(OutputStream.nullOutputStream(), new int[capacity * ROW], new boolean[capacity]);
        dense.add(patterns);
        dense.addFallbacks(capacity);
        return dense;
    }

    /** A stream that uses the same table. */
    DenseMasking to(OutputStream other) {
        return new DenseMasking(other, next, matches);
    }

    private void add(List<byte[]> patterns) {
        int states = 1;
        for (byte[] pattern : patterns) {
            int at = 0;
            for (byte each : pattern) {
                int edge = at * ROW + (each & 0xFF);
                if (next[edge] == 0) {
                    next[edge] = states++;
                }
                at = next[edge];
            }
            matches[at] = true;
        }
    }

    private void addFallbacks(int capacity) {
        int[] fallbacks = new int[capacity];
        Queue<Integer> level = new ArrayDeque<>();
        level.add(0);
        while (!level.isEmpty()) {
            int at = level.remove();
            matches[at] |= matches[fallbacks[at]];
            for (int label = 0; label < ROW; label++) {
                int fallback = at == 0 ? 0 : next[fallbacks[at] * ROW + label];
                int child = next[at * ROW + label];
                if (child == 0) {
                    next[at * ROW + label] = fallback;
                } else {
                    fallbacks[child] = fallback;
                    level.add(child);
                }
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int at = state;
        for (int i = offset; i < offset + length; i++) {
            at = next[at * ROW + (bytes[i] & 0xFF)];
            if (matches[at]) {
                found++;
            }
        }
        state = at;
        sink.write(bytes, offset, length);
    }

    long found() {
        return found;
    }
}
