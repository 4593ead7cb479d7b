package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * The bytes that a stream has at hand: those held back, at negative positions, and those that have come, from 0 on.
 *
 * @param heldEnd where those held back end in their array
 * @param ended whether no more bytes come
 */
record LayoutText(byte[] held, int heldEnd, int heldLength, byte[] bytes, int offset, int end, boolean ended) {
    /** The text of some bytes alone. */
    static LayoutText of(byte[] bytes) {
        return new LayoutText(bytes, 0, 0, bytes, 0, bytes.length, true);
    }

    /** The same text, which may go on behind this position. */
    LayoutText until(int position) {
        return new LayoutText(held, heldEnd, heldLength, bytes, offset, position, false);
    }

    int begin() {
        return -heldLength;
    }

    /** A byte as a number from 0 to 255. */
    int at(int position) {
        return (position < 0 ? held[heldEnd + position] : bytes[offset + position]) & 0xFF;
    }
}
