package io.jenkins.plugins.awssecrets.engine.identity;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the sessions of a build that somebody has to end, so that they are ended and go on whatever becomes of this
 * process. Safe for use by several threads.
 */
public interface SessionStore {
    /** Where a build does not outlive the process. */
    SessionStore NONE = new SessionStore() {
        @Override
        public Optional<Session> find(Key key) {
            return Optional.empty();
        }

        @Override
        public void keep(Key key, Session session) {
            // Nothing would read it.
        }

        @Override
        public void drop(Key key, SecretValue token) {
            // Nothing was kept.
        }
    };

    /** The session that was begun last. */
    Optional<Session> find(Key key);

    /**
     * Keeps a session, or what is known of it now.
     *
     * @throws SecretException when it cannot be kept; the session is not to be used then
     */
    void keep(Key key, Session session);

    /** The session of this token has ended. */
    void drop(Key key, SecretValue token);

    /**
     * Which source a session is of, as it is configured: what one was told is shown to no other.
     *
     * @param place full name of the folder whose source it is; empty for Jenkins itself
     * @param source its id
     * @param settings address and way of authenticating
     */
    record Key(String place, String source, String settings) {}

    /**
     * A session as it was known last.
     *
     * @param lifetime from when it was begun or renewed; zero for one that does not end
     * @param obtained when it was begun
     * @param ends empty for one that does not end
     * @param policies their names
     */
    record Session(
            SecretValue token,
            boolean renewable,
            Duration lifetime,
            Instant obtained,
            Optional<Instant> ends,
            List<String> policies) {
        public Session {
            policies = List.copyOf(policies);
        }
    }
}
