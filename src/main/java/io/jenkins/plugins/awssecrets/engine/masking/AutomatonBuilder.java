package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.Arrays;

/** Builds an {@link Automaton}: the states pattern by pattern, then the fallbacks level by level. Used once. */
final class AutomatonBuilder {
    private final PatternSet patterns;

    byte[] labels;
    byte[] flags;
    char[] depths;
    int[] fallbacks;
    final int[] first = new int[1 << Byte.SIZE];
    final SparseTable branches = new SparseTable();
    final SparseTable shorterMatches = new SparseTable();

    /** A run is a row of states of which each is the parent of the next: its first state, that one's parent. */
    private final int[] runStart;

    private final int[] runParent;
    private int runs;
    private int states = 1;

    AutomatonBuilder(PatternSet patterns) {
        this.patterns = patterns;
        runStart = new int[patterns.size()];
        runParent = new int[patterns.size()];
    }

    Automaton build() {
        int capacity = 1;
        for (int i = 0; i < patterns.size(); i++) {
            capacity += patterns.length(i) - patterns.sharedWithPrevious(i);
        }
        labels = new byte[capacity];
        flags = new byte[capacity];
        depths = new char[capacity];
        fallbacks = new int[capacity];
        addPatterns();
        addBranches();
        // From here on it can step: a state's fallback is found by steps from shallower states' fallbacks.
        Automaton automaton = new Automaton(this);
        addFallbacks(automaton);
        return automaton;
    }

    private void addPatterns() {
        int[] path = new int[PatternSet.LONGEST + 1];
        for (int i = 0; i < patterns.size(); i++) {
            int parent = path[patterns.sharedWithPrevious(i)];
            for (int depth = depths[parent] + 1; depth <= patterns.length(i); depth++) {
                addState(parent, patterns.byteAt(i, depth - 1));
                parent = path[depth] = states - 1;
            }
            flags[parent] |= Automaton.ENDS | Automaton.MATCHES;
        }
    }

    private void addState(int parent, byte label) {
        if (parent != Automaton.ROOT && parent == states - 1) {
            flags[parent] |= Automaton.CONTINUES;
        } else {
            runStart[runs] = states;
            runParent[runs++] = parent;
        }
        labels[states] = label;
        depths[states] = (char) (depths[parent] + 1);
        states++;
    }

    private void addBranches() {
        for (int run = 0; run < runs; run++) {
            int parent = runParent[run];
            int child = runStart[run];
            if (parent == Automaton.ROOT) {
                first[labels[child] & 0xFF] = child;
            } else {
                flags[parent] |= Automaton.BRANCHES;
                branches.put(Automaton.edge(parent, labels[child]), child);
            }
        }
    }

    /** A state's fallback is shallower than the state, so all runs advance together, one depth at a time. */
    private void addFallbacks(Automaton automaton) {
        int[] order = runsByDepth();
        int[] at = new int[runs];
        int active = 0;
        int next = 0;
        for (int depth = 1; active > 0 || next < runs; depth++) {
            while (next < runs && depths[runStart[order[next]]] == depth) {
                int run = order[next++];
                addFallback(automaton, runStart[run], runParent[run]);
                at[active++] = runStart[run];
            }
            int kept = 0;
            for (int i = 0; i < active; i++) {
                int state = at[i];
                if (depths[state] < depth) {
                    addFallback(automaton, ++state, state - 1);
                }
                if ((flags[state] & Automaton.CONTINUES) != 0) {
                    at[kept++] = state;
                }
            }
            active = kept;
        }
    }

    private int[] runsByDepth() {
        int[] count = new int[PatternSet.LONGEST + 2];
        for (int run = 0; run < runs; run++) {
            count[depths[runStart[run]] + 1]++;
        }
        Arrays.parallelPrefix(count, Integer::sum);
        int[] order = new int[runs];
        for (int run = 0; run < runs; run++) {
            order[count[depths[runStart[run]]]++] = run;
        }
        return order;
    }

    private void addFallback(Automaton automaton, int state, int parent) {
        int suffix = parent == Automaton.ROOT ? Automaton.ROOT : automaton.step(fallbacks[parent], labels[state]);
        int shorterMatch = automaton.matchLength(suffix);
        if (shorterMatch > 0 && (flags[state] & Automaton.ENDS) == 0) {
            flags[state] |= Automaton.MATCHES;
            shorterMatches.put(state, shorterMatch);
        }
        fallbacks[state] = automaton.settle(suffix);
    }
}
