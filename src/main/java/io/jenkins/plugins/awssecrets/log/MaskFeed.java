package io.jenkins.plugins.awssecrets.log;

import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Collection;

/** The controller's end of an agent's masking: tells the agent what to hide. */
public interface MaskFeed {
    /**
     * Tells the learner of all secrets of the build, and later of each further one before it is used.
     *
     * @param publicKey what to seal the secrets for, as of {@link SealedSecrets.Key#publicKey()}
     */
    void subscribe(byte[] publicKey, Learner learner);

    /** The agent's end. */
    interface Learner {
        /**
         * Hides these from now on; returns when it does.
         *
         * @return whether anything may still be written there
         */
        boolean learn(byte[] sealed);
    }

    /** Feeds what a build is given. */
    final class OfBuild implements MaskFeed {
        private final BuildSecrets secrets;

        OfBuild(BuildSecrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public void subscribe(byte[] publicKey, Learner learner) {
            secrets.watch(added -> learner.learn(sealed(publicKey, added)));
        }

        private static byte[] sealed(byte[] publicKey, Collection<SecretValue> values) {
            return SealedSecrets.seal(values, publicKey);
        }
    }
}
