package io.jenkins.plugins.awssecrets.engine.reference;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;

/**
 * A text that is no reference. Its message gives the position and what was expected there, and does not repeat the
 * text: where a reference belongs, people paste the secret itself.
 */
public final class MalformedReferenceException extends SecretException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;

    /** @param position of the character in question, counted from 1 */
    MalformedReferenceException(int position, String found, String expected) {
        super(Problem.MALFORMED, "reference", "position " + position + ": " + found, "expected " + expected);
        this.position = position;
        this.expected = expected;
    }

    /** The position of the character in question, counted from 1; one past the end where something is missing. */
    public int position() {
        return position;
    }

    public String expected() {
        return expected;
    }
}
