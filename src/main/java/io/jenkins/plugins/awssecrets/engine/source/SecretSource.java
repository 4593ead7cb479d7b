package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configured connection to one backend. Implementations are safe for use by several threads, hold their clients open
 * between calls, and never put a value, a token or a response body into an exception.
 *
 * <p>Every method ends by its deadline and ends at once, with {@link
 * io.jenkins.plugins.awssecrets.engine.Problem#ABORTED}, when its thread is interrupted.
 */
public interface SecretSource extends AutoCloseable {
    /** The {@link #identity} of reads that are not made as a build. */
    String CONTROLLER = "controller";

    /** The id that references begin with. */
    String id();

    SourceKind kind();

    /**
     * Reads all locators in as few calls as the backend offers.
     *
     * @param locators of this source
     * @return an outcome for each locator asked for, in no particular order
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException never for what concerns a single locator; a
     *     failure of the source as a whole may be thrown instead of being told a locator at a time
     */
    Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline);

    /**
     * The secrets the source's filter lets through, without values.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException when listing is denied or fails
     */
    List<SecretMetadata> list(Deadline deadline);

    /** Tries the connection step by step; never throws for what it finds. */
    List<SourceCheck> check(Deadline deadline);

    /**
     * What the source can tell of its secrets beyond its filter, by more calls than daily work is worth.
     *
     * @param about names that somebody wants to know more of
     * @return with its problem in it; never throws for what it finds
     */
    default Inventory inspect(Collection<String> about, Deadline deadline) {
        try {
            return new Inventory(
                    list(deadline).stream().map(Inventory.Item::of).toList(),
                    false,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty());
        } catch (SecretException e) {
            return Inventory.failed(e);
        }
    }

    /**
     * The names of all secrets below a path, whatever the filter. No value is read.
     *
     * @param path without a slash at its end
     * @throws SecretException when the backend has no paths, or listing is denied or fails
     */
    default List<String> below(String path, Deadline deadline) {
        throw new SecretException(
                Problem.MALFORMED,
                "source " + id(),
                "only Parameter Store has paths of which all can be bound",
                "name one secret, without '/' at its end");
    }

    /**
     * The source as one build reads from it: with a session of the build's own, begun at its first call. It is as safe for
     * several threads as the source is. Closing it ends the session and leaves the source open.
     *
     * <p>A source that gives one reads nothing itself: it lists, and its {@link #fetch} fails with {@link
     * Problem#REFUSED}.
     *
     * @return empty where builds read as the controller does; makes no call
     * @throws SecretException when the source cannot be made as it is configured
     */
    default Optional<SecretSource> forBuild(BuildIdentity build) {
        return Optional.empty();
    }

    /**
     * Who the backend takes it for, as an audit tells it: {@code controller}, or a role, policies or token role of a
     * build. Asks nobody.
     */
    default String identity() {
        return CONTROLLER;
    }

    /**
     * The same with all that policies of the backend can compare, such as the tags of a build's session. Asks nobody.
     *
     * @throws SecretException ({@link Problem#REFUSED}) where names of the build do not fit
     */
    default String identityInFull() {
        return identity();
    }

    /** How long its login lasts; empty while it has none, or one that does not end. Asks nobody. */
    default Optional<LoginLife> login() {
        return Optional.empty();
    }

    /** Closes clients and revokes what this source logged in for. Never throws. */
    @Override
    void close();
}
