package io.jenkins.plugins.awssecrets.engine.masking.search;

/**
 * An Aho-Corasick automaton over all patterns: one step a byte, whatever the text and however many patterns. Immutable.
 *
 * <p>Its state after some text is the longest suffix of the text that begins a pattern without completing it, so
 * {@link #depth} is the number of bytes that a stream has to hold back, no more and no less.
 *
 * <p>States are numbered in the patterns' order, so that the bytes a pattern does not share with the one before it are
 * a run of consecutive numbers: a step along a run compares one byte with the next state's; only where patterns part is
 * a table asked. This takes 4 to 8 bytes a state, where a dense automaton takes 1,024.
 */
public final class Automaton {
    public static final int ROOT = 0;

    /** Of what {@link #follow} tells: whether an anchor ends in the bytes that it passed. */
    public static final int PASSED_ANCHOR = 1 << 30;

    /** The lowest bits of a state's entry are the byte that leads to it. */
    static final int LABEL = 0xFF;
    /** The state of the next number is a child of this one. */
    static final int CONTINUES = 0x100;
    /** A pattern ends here. */
    static final int ENDS = 0x200;
    /** A pattern that ends here is shorter than the state is deep: its length is in {@code shorterMatches}. */
    static final int ENDS_SHORTER = 0x400;
    /** An anchor ends here. */
    static final int ANCHOR = 0x800;
    /** The fallback does not follow from the last two bytes. */
    static final int FAR = 0x1000;
    /** The state has children in {@code branches}: a bit each for the last two bits of their labels. */
    static final int BRANCHES = 0x1E000;

    private static final int BRANCH_SHIFT = 13;

    /** The bits from this one on are the number of bytes that lead to the state from the root. */
    static final int DEPTH_SHIFT = 17;

    /** The rows of far fallbacks, which are slower to find, are kept instead of all where they take so many times less. */
    private static final int LESS = 4;

    /** With so many states, also where they take less at all. */
    private static final int VERY_MANY = 1 << 23;

    private final int[] states;

    /** By state; empty where {@link #farFallbacks} has those that do not follow from the last two bytes. */
    private final int[] fallbacks;

    private final FarFallbacks farFallbacks;
    private final FirstSteps first;
    private final SparseTable branches;
    private final SparseTable shorterMatches;

    /** @param branches children other than those of the next number, by {@link #edge} */
    Automaton(int[] states, int[] fallbacks, FirstSteps first, SparseTable branches, SparseTable shorterMatches) {
        this(states, fallbacks, new FarFallbacks(), first, branches, shorterMatches);
    }

    private Automaton(
            int[] states,
            int[] fallbacks,
            FarFallbacks farFallbacks,
            FirstSteps first,
            SparseTable branches,
            SparseTable shorterMatches) {
        this.states = states;
        this.fallbacks = fallbacks;
        this.farFallbacks = farFallbacks;
        this.first = first;
        this.branches = branches;
        this.shorterMatches = shorterMatches;
    }

    /** The same in less memory, where most fallbacks follow from the last two bytes: where few patterns overlap. */
    Automaton compact() {
        FarFallbacks far = new FarFallbacks();
        for (int state = ROOT; state < states.length; state++) {
            if (isFar(state)) {
                far.add(state, fallbacks[state]);
            }
        }
        int less = states.length < VERY_MANY ? LESS : 1;
        if (2L * less * far.size() > states.length) {
            return this;
        }
        for (int state = ROOT; state < states.length; state++) {
            states[state] |= isFar(state) ? FAR : 0;
        }
        return new Automaton(states, new int[0], far.trimmed(), first, branches, shorterMatches);
    }

    private boolean isFar(int state) {
        return depth(state) > 2
                && ((states[state - 1] & CONTINUES) == 0
                        || fallbacks[state] != first.step(states[state - 1] & LABEL, states[state] & LABEL));
    }

    public static Automaton of(PatternSet patterns) {
        return new AutomatonBuilder(patterns).build();
    }

    /**
     * The state after one more byte, which may be one from which no pattern goes on: it has a {@link #matchLength}, and
     * the next step is from what {@link #settle} gives.
     */
    public int step(int from, byte input) {
        int label = input & LABEL;
        int state = from;
        while (state != ROOT) {
            int entry = states[state];
            if (entry >>> DEPTH_SHIFT == 1) {
                return first.step(entry & LABEL, label);
            }
            if ((entry & CONTINUES) != 0 && (states[state + 1] & LABEL) == label) {
                return state + 1;
            }
            if ((entry & branch(label)) != 0) {
                int child = branches.get(edge(state, label));
                if (child != 0) {
                    return child;
                }
            }
            state = fallback(state);
        }
        return first.step(label);
    }

    /** The state after two bytes at the root, which complete no pattern. */
    public int begin(byte one, byte two) {
        int child = first.step(one & LABEL);
        return child == ROOT ? first.step(two & LABEL) : first.step(one & LABEL, two & LABEL);
    }

    /**
     * How many bytes on the state only moves to next numbers, at none of which a pattern ends: a pattern's inside, for
     * which no more than this comparison is needed.
     *
     * @return with {@link #PASSED_ANCHOR} where an anchor ends at one of these
     */
    public int follow(int from, byte[] text, int start, int end) {
        int state = from;
        int at = start;
        int entry = states[state];
        int anchor = 0;
        while ((entry & CONTINUES) != 0 && at < end) {
            entry = states[state + 1];
            if ((entry & (LABEL | ENDS | ENDS_SHORTER)) != (text[at] & LABEL)) {
                break;
            }
            anchor |= entry;
            state++;
            at++;
        }
        return at - start | (anchor & ANCHOR) * (PASSED_ANCHOR / ANCHOR);
    }

    /** Bytes of the longest pattern that ends at this state; 0 when none does. */
    public int matchLength(int state) {
        int entry = states[state];
        if ((entry & (ENDS | ENDS_SHORTER)) == 0) {
            return 0;
        }
        return (entry & ENDS) != 0 ? entry >>> DEPTH_SHIFT : shorterMatches.get(state);
    }

    /** Whether one of the {@linkplain PatternSet#isAnchor anchors} ends at this state. */
    public boolean isAnchor(int state) {
        return (states[state] & ANCHOR) != 0;
    }

    /** The longest shorter suffix of what the state stands for that begins a pattern. */
    public int fallback(int state) {
        if (fallbacks.length > 0) {
            return fallbacks[state];
        }
        int entry = states[state];
        if (entry >>> DEPTH_SHIFT <= 2) {
            // The state is its last two bytes: what is shorter has the last one alone.
            return entry >>> DEPTH_SHIFT == 2 ? first.step(entry & LABEL) : ROOT;
        }
        return (entry & FAR) != 0 ? farFallbacks.get(state) : first.step(states[state - 1] & LABEL, entry & LABEL);
    }

    /** The state itself, or when no pattern goes on from it, the longest suffix from which one does. */
    public int settle(int state) {
        return (states[state] & (CONTINUES | BRANCHES)) == 0 ? fallback(state) : state;
    }

    /** Bytes of text that the state stands for. */
    public int depth(int state) {
        return states[state] >>> DEPTH_SHIFT;
    }

    /** Of {@link #BRANCHES}, the bit for a label: most labels that no child has are told without a look into the table. */
    static int branch(int label) {
        return 1 << BRANCH_SHIFT << (label & 3);
    }

    static long edge(int parent, int label) {
        return (long) parent << Byte.SIZE | label;
    }
}
