package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The session of AWS that one build reads in: asked for at the first read, renewed while the build runs, and forgotten at
 * its end. With an exact policy it is good for the names that the build has asked for; for others another one is asked
 * for. Safe for use by several threads.
 */
public final class BuildSession implements AwsCredentialsProvider, AutoCloseable {
    private final String subject;
    private final PerBuild how;
    private final BuildIdentity build;

    /** Gives the session that may read some names, or all of the role's where none are given. */
    private final Maker maker;

    private final Set<Locator> names = new LinkedHashSet<>();
    private Optional<AwsCredentialsProvider> session = Optional.empty();
    private boolean ended;

    /** Makes the provider of a session; asks nobody. */
    interface Maker {
        AwsCredentialsProvider of(Set<Locator> names);
    }

    /** @param subject the source, for messages */
    BuildSession(String subject, PerBuild how, BuildIdentity build, Maker maker) {
        this.subject = subject;
        this.how = how;
        this.build = build;
        this.maker = maker;
    }

    /** Says what is about to be read. */
    public synchronized void reading(Collection<Locator> locators) {
        if (names.addAll(locators)
                && how.role().filter(PerBuild.Role::exactPolicy).isPresent()) {
            session = Optional.empty();
        }
    }

    /** @throws SecretException when STS gives none, and after the build's end */
    @Override
    public AwsCredentials resolveCredentials() {
        return provider().resolveCredentials();
    }

    private synchronized AwsCredentialsProvider provider() {
        if (ended) {
            throw new SecretException(
                    Problem.ABORTED, subject, "build " + build + " is over", "read it while the build runs");
        }
        if (session.isEmpty()) {
            session = Optional.of(maker.of(Set.copyOf(names)));
        }
        return session.get();
    }

    /** Outcomes of which a denial says what the policies have to compare with. */
    public Map<Locator, Outcome> explained(Map<Locator, Outcome> outcomes) {
        Map<Locator, Outcome> explained = new LinkedHashMap<>(outcomes);
        explained.replaceAll((locator, outcome) ->
                outcome instanceof Outcome.Failed failed && failed.why().problem() == Problem.DENIED
                        ? new Outcome.Failed(failed.why().advising(words()))
                        : outcome);
        return explained;
    }

    private String words() {
        StringBuilder words = new StringBuilder("the build read as " + identity());
        if (how.role().filter(PerBuild.Role::tags).isPresent()) {
            words.append(". Compare the policy's aws:PrincipalTag conditions with its session tags: ");
            words.append(PerBuild.tagsInWords(build));
        }
        return words.toString();
    }

    /** As {@code role arn:aws:iam::123456789012:role/ci, session shop-web-12}. */
    public String identity() {
        return how.identity(build);
    }

    /** The same with the tags of the session. */
    public String identityInFull() {
        return how.identityInFull(build);
    }

    /** Forgets it. AWS lets it end by itself. */
    @Override
    public synchronized void close() {
        ended = true;
        session = Optional.empty();
        names.clear();
    }
}
