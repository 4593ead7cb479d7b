package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * An Aho-Corasick automaton over all patterns: one step a byte, whatever the text and however many patterns. Immutable.
 *
 * <p>Its state after some text is the longest suffix of the text that begins a pattern without completing it, so
 * {@link #depth} is the number of bytes that a stream has to hold back, no more and no less.
 *
 * <p>States are numbered in the patterns' order, so that the bytes a pattern does not share with the one before it are
 * a run of consecutive numbers: a step along a run compares one byte with {@code labels}; only where patterns part is a
 * table asked. This takes about 8 bytes a state, where a dense automaton takes 1,024.
 */
final class Automaton {
    static final int ROOT = 0;

    /** The next number is a child of this state. */
    static final byte CONTINUES = 1;
    /** Has children in {@code branches}. */
    static final byte BRANCHES = 2;
    /** A pattern ends here. */
    static final byte ENDS = 4;
    /** A pattern is a suffix of this state's text. Implied by {@link #ENDS}. */
    static final byte MATCHES = 8;

    private final byte[] labels;
    private final byte[] flags;
    private final char[] depths;
    private final int[] fallbacks;
    private final int[] first;
    private final SparseTable branches;
    private final SparseTable shorterMatches;

    Automaton(AutomatonBuilder built) {
        labels = built.labels;
        flags = built.flags;
        depths = built.depths;
        fallbacks = built.fallbacks;
        first = built.first;
        branches = built.branches;
        shorterMatches = built.shorterMatches;
    }

    static Automaton of(PatternSet patterns) {
        return new AutomatonBuilder(patterns).build();
    }

    /**
     * The state after one more byte, which may be one that no pattern continues: pass it to {@link #matchLength} and
     * then through {@link #settle}.
     */
    int step(int from, byte input) {
        int state = from;
        while (state != ROOT) {
            byte flag = flags[state];
            if ((flag & CONTINUES) != 0 && labels[state + 1] == input) {
                return state + 1;
            }
            if ((flag & BRANCHES) != 0) {
                int child = branches.get(edge(state, input));
                if (child >= 0) {
                    return child;
                }
            }
            state = fallbacks[state];
        }
        return first[input & 0xFF];
    }

    /** Bytes of the longest pattern that ends at this state; 0 when none does. */
    int matchLength(int state) {
        byte flag = flags[state];
        if ((flag & MATCHES) == 0) {
            return 0;
        }
        return (flag & ENDS) != 0 ? depths[state] : shorterMatches.get(state);
    }

    /** The state itself, or when no pattern goes on from it, the longest suffix from which one does. */
    int settle(int state) {
        return (flags[state] & (CONTINUES | BRANCHES)) == 0 ? fallbacks[state] : state;
    }

    /** Bytes of text that the state stands for. */
    int depth(int state) {
        return depths[state];
    }

    static long edge(int parent, byte label) {
        return (long) parent << Byte.SIZE | label & 0xFF;
    }
}
