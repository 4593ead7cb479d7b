package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * Everything that is compiled from a set of patterns. Immutable; all streams of a {@link Masker} share it, and each
 * keeps the one number that says where it is.
 */
final class Matcher {
    /** Where a stream is before its first byte. */
    static final int START = Automaton.ROOT;

    private final PatternSet patterns;
    private final Automaton automaton;

    private Matcher(PatternSet patterns) {
        this.patterns = patterns;
        automaton = Automaton.of(patterns);
    }

    static Matcher of(PatternSet patterns) {
        return new Matcher(patterns);
    }

    PatternSet patterns() {
        return patterns;
    }

    /**
     * Reads on.
     *
     * @param state where the stream is
     * @param runs is told every match, in positions that count from {@code offset}; one that began before is negative
     * @return where the stream is after these bytes
     */
    int scan(int state, byte[] bytes, int offset, int length, MaskedRuns runs) {
        int at = state;
        for (int i = 0; i < length; i++) {
            int reached = automaton.step(at, bytes[offset + i]);
            int match = automaton.matchLength(reached);
            if (match > 0) {
                runs.cover(i + 1 - match, i + 1);
            }
            at = automaton.settle(reached);
        }
        return at;
    }

    /** Bytes at the end of the text so far that may still turn out to begin a match. */
    int undecided(int state) {
        return automaton.depth(state);
    }
}
