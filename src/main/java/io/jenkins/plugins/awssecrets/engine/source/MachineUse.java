package io.jenkins.plugins.awssecrets.engine.source;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Something of this machine that a source would use. It belongs to whoever runs the machine, and not to everybody who
 * may configure a source: settings list all of it, so that a caller can refuse what was not granted. What does not say
 * what it uses counts as the machine's.
 */
public sealed interface MachineUse {
    /** For a message: what it is. */
    String what();

    /**
     * An identity that the machine has and that is shown to somebody: the default credentials chain, a profile, the
     * pod's service account, a token of the environment.
     *
     * @param role what it would be used to become; empty where it is used as it is
     * @param shownTo addresses of the configuration that would be shown it; none where only AWS' own are
     */
    record Identity(String what, Optional<String> role, Set<URI> shownTo) implements MachineUse {
        public Identity {
            shownTo = Set.copyOf(shownTo);
        }
    }

    /** The content of a file, which would be read. */
    record File(String what) implements MachineUse {}

    /** A setting that was left out, for which the environment of this process has a value. */
    record Variable(String what) implements MachineUse {}

    /** An address that leads back to the machine itself, or over which a login would travel in clear text. */
    record Address(String what, URI address) implements MachineUse {}
}
