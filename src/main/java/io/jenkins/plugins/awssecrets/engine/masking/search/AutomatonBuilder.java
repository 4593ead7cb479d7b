package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Builds an {@link Automaton}: the states pattern by pattern, then the fallbacks level by level. Used once. */
final class AutomatonBuilder {
    private final PatternSet patterns;
    private final int[] states;
    private final int[] fallbacks;
    private final FirstSteps first = new FirstSteps();
    private final SparseTable branches = new SparseTable();
    private final SparseTable shorterMatches = new SparseTable();
    private final Automaton automaton;

    /** A run is a row of states each of which is the parent of the next: its first state, and that one's parent. */
    private final int[] runStart;

    private final int[] runParent;
    private int runs;
    private int size = 1;

    AutomatonBuilder(PatternSet patterns) {
        this.patterns = patterns;
        int capacity = 1;
        for (int i = 0; i < patterns.size(); i++) {
            capacity += patterns.length(i) - patterns.sharedWithPrevious(i);
        }
        states = new int[capacity];
        fallbacks = new int[capacity];
        automaton = new Automaton(states, fallbacks, first, branches, shorterMatches);
        runStart = new int[patterns.size()];
        runParent = new int[patterns.size()];
    }

    Automaton build() {
        addPatterns();
        addBranches();
        addFirstSteps();
        addFallbacks();
        return automaton.compact();
    }

    private void addPatterns() {
        int[] path = new int[PatternSet.LONGEST + 1];
        for (int i = 0; i < patterns.size(); i++) {
            int shared = patterns.sharedWithPrevious(i);
            for (int depth = shared + 1; depth <= patterns.length(i); depth++) {
                path[depth] = addState(path[depth - 1], depth, patterns.byteAt(i, depth - 1));
            }
            states[path[patterns.length(i)]] |= patterns.isAnchor(i) ? Automaton.ANCHOR : Automaton.ENDS;
        }
    }

    private int addState(int parent, int depth, byte label) {
        if (parent != Automaton.ROOT && parent == size - 1) {
            states[parent] |= Automaton.CONTINUES;
        } else {
            runStart[runs] = size;
            runParent[runs++] = parent;
        }
        states[size] = depth << Automaton.DEPTH_SHIFT | label & Automaton.LABEL;
        return size++;
    }

    private void addBranches() {
        branches.reserve((int) IntStream.range(0, runs)
                .filter(run -> runParent[run] != Automaton.ROOT)
                .count());
        for (int run = 0; run < runs; run++) {
            int parent = runParent[run];
            if (parent != Automaton.ROOT) {
                states[parent] |= Automaton.branch(label(runStart[run]));
                branches.put(Automaton.edge(parent, label(runStart[run])), runStart[run]);
            }
        }
    }

    private void addFirstSteps() {
        for (int run = 0; run < runs; run++) {
            if (runParent[run] == Automaton.ROOT) {
                first.addChild(label(runStart[run]), runStart[run]);
            }
        }
        first.addRows();
        for (int run = 0; run < runs; run++) {
            int state = runStart[run];
            int parent = runParent[run];
            if (parent == Automaton.ROOT && (states[state] & Automaton.CONTINUES) != 0) {
                first.addGrandchild(label(state), label(state + 1), state + 1);
            } else if (automaton.depth(parent) == 1) {
                first.addGrandchild(label(parent), label(state), state);
            }
        }
    }

    private int label(int state) {
        return states[state] & Automaton.LABEL;
    }

    /** A state's fallback is less deep than the state, so all runs advance together, one byte at a time. */
    private void addFallbacks() {
        int[] order = runsByDepth();
        int[] reached = new int[runs];
        int active = 0;
        int next = 0;
        for (int depth = 1; active > 0 || next < runs; depth++) {
            int kept = 0;
            for (int i = 0; i < active; i++) {
                int state = reached[i];
                if ((states[state] & Automaton.CONTINUES) != 0) {
                    addFallback(state + 1, state);
                    reached[kept++] = state + 1;
                }
            }
            active = kept;
            while (next < runs && automaton.depth(runStart[order[next]]) == depth) {
                int run = order[next++];
                addFallback(runStart[run], runParent[run]);
                reached[active++] = runStart[run];
            }
        }
    }

    private int[] runsByDepth() {
        int[] position = new int[PatternSet.LONGEST + 2];
        for (int run = 0; run < runs; run++) {
            position[automaton.depth(runStart[run]) + 1]++;
        }
        Arrays.parallelPrefix(position, Integer::sum);
        int[] order = new int[runs];
        for (int run = 0; run < runs; run++) {
            order[position[automaton.depth(runStart[run])]++] = run;
        }
        return order;
    }

    private void addFallback(int state, int parent) {
        int suffix = parent == Automaton.ROOT ? Automaton.ROOT : automaton.step(fallbacks[parent], (byte) label(state));
        int match = automaton.matchLength(suffix);
        if (match > 0 && (states[state] & Automaton.ENDS) == 0) {
            states[state] |= Automaton.ENDS_SHORTER;
            shorterMatches.put(state, match);
        }
        if (automaton.isAnchor(suffix)) {
            states[state] |= Automaton.ANCHOR;
        }
        fallbacks[state] = automaton.settle(suffix);
    }
}
