package io.jenkins.plugins.awssecrets.engine.masking.search;

/**
 * Where the automaton goes from its root and from the root's children, in dense tables: most steps through text that
 * holds no match are these. One row of 256 for each byte that a pattern begins with.
 */
final class FirstSteps {
    private static final int ROW = 1 << Byte.SIZE;

    private final int[] children = new int[ROW];
    private final char[] rows = new char[ROW];
    private int[] grandchildren = new int[0];

    /** Adds a child of the root. All of them come before any grandchild. */
    void addChild(int label, int state) {
        children[label] = state;
    }

    /** Makes room for grandchildren: what no grandchild is added for leads to a child of the root, as a fallback. */
    void addRows() {
        int count = 0;
        for (int label = 0; label < ROW; label++) {
            if (children[label] != Automaton.ROOT) {
                rows[label] = (char) (ROW * count++);
            }
        }
        grandchildren = new int[ROW * count];
        for (int row = 0; row < count; row++) {
            System.arraycopy(children, 0, grandchildren, ROW * row, ROW);
        }
    }

    void addGrandchild(int label, int nextLabel, int state) {
        grandchildren[rows[label] | nextLabel] = state;
    }

    /** The state after a byte at the root. */
    int step(int label) {
        return children[label];
    }

    /** The state after a byte at the root's child of a label. */
    int step(int label, int nextLabel) {
        return grandchildren[rows[label] | nextLabel];
    }
}
