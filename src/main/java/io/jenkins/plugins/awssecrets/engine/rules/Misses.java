package io.jenkins.plugins.awssecrets.engine.rules;

/** The rules that nearly matched, and what each of them needs; a few of many, for a message. Not thread-safe. */
final class Misses {
    private static final int SHOWN = 5;

    private final StringBuilder text = new StringBuilder();
    private int count;

    void add(String rule, String needed) {
        if (count++ < SHOWN) {
            text.append("; ").append(rule).append(" needs ").append(needed);
        }
    }

    /** Begins with a separator; empty where there are none. */
    @Override
    public String toString() {
        return count <= SHOWN ? text.toString() : text + "; and " + (count - SHOWN) + " more rules";
    }
}
