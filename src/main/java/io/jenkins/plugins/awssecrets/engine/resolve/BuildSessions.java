package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of one build: one for each source that reads as the build, begun when the build first reads from it and
 * ended with the build. A source that was configured anew is another one and gets another session; the first stays until
 * the end, for the leases that it gave. Safe for use by several threads.
 */
public final class BuildSessions {
    private final BuildIdentity build;

    /** By the source itself: two places may have one of the same id. */
    private final Map<SecretSource, SecretSource> sessions = new IdentityHashMap<>();

    private boolean ended;

    public BuildSessions(BuildIdentity build) {
        this.build = build;
    }

    public BuildIdentity build() {
        return build;
    }

    /**
     * The source that the build reads from.
     *
     * @return the source itself where builds read as the controller does
     * @throws SecretException when it cannot be made as it is configured, and where the build reads as itself and is over
     */
    public SecretSource of(SecretSource source) {
        Optional<SecretSource> known = known(source);
        if (known.isPresent()) {
            return known.get();
        }
        // Without the lock: it may look up what the source authenticates with.
        Optional<SecretSource> made = source.forBuild(build);
        return made.map(session -> keep(source, session)).orElse(source);
    }

    /** The session that was begun for a source; the source itself where there is none. */
    public SecretSource begun(SecretSource source) {
        return known(source).orElse(source);
    }

    /** All that were begun. */
    public synchronized List<SecretSource> all() {
        return List.copyOf(sessions.values());
    }

    /** Ends them, and lets none begin any more. Blocks on the network where a session is to be revoked. */
    public void end() {
        List<SecretSource> open;
        synchronized (this) {
            ended = true;
            open = all();
            sessions.clear();
        }
        open.forEach(SecretSource::close);
    }

    private synchronized Optional<SecretSource> known(SecretSource source) {
        return Optional.ofNullable(sessions.get(source));
    }

    private SecretSource keep(SecretSource source, SecretSource session) {
        Optional<SecretSource> first;
        synchronized (this) {
            first = ended ? Optional.empty() : Optional.ofNullable(sessions.putIfAbsent(source, session));
            if (!ended && first.isEmpty()) {
                return session;
            }
        }
        // It made no call so far.
        session.close();
        return first.orElseThrow(() -> new SecretException(
                Problem.ABORTED,
                "source " + source.id(),
                "build " + build + " is over",
                "read it while the build runs"));
    }
}
