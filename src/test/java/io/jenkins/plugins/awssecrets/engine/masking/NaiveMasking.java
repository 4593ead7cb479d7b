package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What masking means, in the plainest words: every occurrence of every pattern, one after the other. */
final class NaiveMasking {
    private final List<byte[]> patterns;

    NaiveMasking(Collection<byte[]> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    byte[] mask(byte[] text) {
        return maskCovered(text, covered(text));
    }

    /** Bytes of the longest suffix of the text that begins a pattern without completing it. */
    int undecided(byte[] text) {
        int longest = 0;
        for (byte[] pattern : patterns) {
            for (int length = Math.min(pattern.length - 1, text.length); length > longest; length--) {
                if (Arrays.equals(text, text.length - length, text.length, pattern, 0, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    /** What is out after a flush: all that is decided, and a mask that has begun. */
    byte[] maskDecided(byte[] text) {
        boolean[] covered = covered(text);
        int decided = text.length - undecided(text);
        while (decided < text.length && covered[decided]) {
            decided++;
        }
        return maskCovered(Arrays.copyOf(text, decided), covered);
    }

    /** These patterns everywhere, and others where an occurrence starts at a position or later. */
    byte[] mask(byte[] text, int from, Collection<byte[]> others) {
        boolean[] covered = covered(text);
        byte[] later = Arrays.copyOfRange(text, from, text.length);
        boolean[] laterCovered = new NaiveMasking(others).covered(later);
        for (int i = 0; i < later.length; i++) {
            covered[from + i] |= laterCovered[i];
        }
        return maskCovered(text, covered);
    }

    private static byte[] maskCovered(byte[] text, boolean[] covered) {
        ByteArrayOutputStream masked = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            if (!covered[i]) {
                masked.write(text[i]);
            } else if (i == 0 || !covered[i - 1]) {
                masked.writeBytes(new byte[] {'*', '*', '*', '*'});
            }
        }
        return masked.toByteArray();
    }

    private boolean[] covered(byte[] text) {
        boolean[] covered = new boolean[text.length];
        for (byte[] pattern : patterns) {
            for (int at = 0; at + pattern.length <= text.length; at++) {
                if (Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
                    Arrays.fill(covered, at, at + pattern.length, true);
                }
            }
        }
        return covered;
    }
}
