package io.jenkins.plugins.awssecrets.log;

/** What goes to an agent in place of a {@link BuildMask}. Knows no secret and no way to ask for one. */
enum OnAgent {
    /** Whatever the agent writes is masked when it arrives ({@link MaskedListener}). */
    MASKED_ON_ARRIVAL,
    /** Nobody would mask what the agent writes. */
    WITHHELD
}
