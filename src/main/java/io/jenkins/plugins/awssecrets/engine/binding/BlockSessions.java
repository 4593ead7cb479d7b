package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Sessions of roles that a block has in the place of the stored keys that they are made with. */
public interface BlockSessions {
    BlockSessions NONE = new BlockSessions() {
        @Override
        public BoundEnvironment in(BoundEnvironment bound) {
            return bound;
        }

        @Override
        public Optional<Instant> due() {
            return Optional.empty();
        }

        @Override
        public Set<Reference> references() {
            return Set.of();
        }
    };

    /**
     * What is bound with new sessions in it. Blocks on the network.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException when a role cannot be assumed
     */
    BoundEnvironment in(BoundEnvironment bound);

    /** When they are to be made anew: in the middle of their life. */
    Optional<Instant> due();

    /** What they are made with. */
    Set<Reference> references();
}
