package io.jenkins.plugins.awssecrets.cleanup;

import java.time.Duration;

/** Something that must be gone when its block or build is. Written with XStream. */
sealed interface Remainder permits PrivateDirectory, HeldLease, HeldToken, HeldCertificate, BuildFile {
    /**
     * Makes it gone; doing so twice is no error.
     *
     * @throws Exception when it cannot be reached now; it is tried again later
     */
    void remove() throws Exception;

    /**
     * Whether nothing can be done about it any more, such as on an agent that exists no longer.
     *
     * @param age how long ago it was noted
     */
    boolean lost(Duration age);

    /** For the log: never a value. */
    String describe();
}
