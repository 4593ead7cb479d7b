package io.jenkins.plugins.awssecrets.builds;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.IdTokens;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.BuildSessions;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tells who a build is, by Jenkins' items alone. */
public final class BuildIdentities {
    private static final String OURS = "io.jenkins.plugins.awssecrets.";

    private BuildIdentities() {}

    /** Who the build is now: a job may be renamed while it runs. */
    static BuildIdentity of(Run<?, ?> run) {
        return of(run.getParent(), run.getNumber(), (place, id) -> token(run, place, id));
    }

    /** Who the next build of a job would be. It has no ID tokens yet. */
    public static BuildIdentity ofNextBuildOf(Job<?, ?> job) {
        return of(job, job.getNextBuildNumber(), (place, id) -> {
            throw failed(id, "it makes ID tokens for builds, and none is running", "run one");
        });
    }

    private static BuildIdentity of(Job<?, ?> job, int number, IdTokens tokens) {
        Requester who = Requesters.ofBuildOf(job);
        return new BuildIdentity(
                Util.fixNull(Jenkins.get().getRootUrl()), who.job(), who.branch(), job.getFullName(), number, tokens);
    }

    /** Who a build reads some references as; several where its sources differ. */
    static String words(BuildSessions sessions, CatalogView view, Collection<Reference> references) {
        String identities = references.stream()
                .map(Reference::source)
                .distinct()
                .flatMap(id -> view.source(id).stream())
                .map(source -> words(sessions, source))
                .distinct()
                .collect(Collectors.joining("; "));
        return identities.isEmpty() ? SecretSource.CONTROLLER : identities;
    }

    private static String words(BuildSessions sessions, SecretSource source) {
        try {
            return sessions.of(source).identity();
        } catch (SecretException e) {
            // It is not set up as it should be, or the build is over: nobody reads from it.
            return source.identity();
        }
    }

    private static SecretValue token(Run<?, ?> run, String place, String id) {
        StringCredentials found =
                find(place, id).orElseThrow(() -> failed(id, "no secret text with this id was found", "add it"));
        if (!(found.forRun(run) instanceof StringCredentials own)) {
            throw failed(id, "it gives no secret text to builds", "use an ID token credential");
        }
        if (own == found) {
            // Not asked for its text: whoever is shown that would take every build for the same one.
            throw failed(
                    id,
                    "its text is the same for every build, so it cannot be a build's own ID token",
                    "use an ID token credential of the plugin OpenID Connect Provider, or configure a source that"
                            + " reads as the controller");
        }
        String token = text(id, own);
        if (token.isBlank()) {
            throw failed(id, "it gave an empty ID token", "check its issuer and audience");
        }
        return SecretValue.of(token.strip());
    }

    private static String text(String id, StringCredentials credentials) {
        try {
            return Secret.toString(credentials.getSecret());
        } catch (RuntimeException e) {
            // Only the type: what another plugin says may hold anything.
            throw failed(
                    id,
                    "it could not make an ID token (" + e.getClass().getSimpleName() + ")",
                    "check its issuer and claims, and that no parameter or environment variable has the name of a"
                            + " claim");
        }
    }

    /** Not among our own: it would ask the source that is asking. */
    private static Optional<StringCredentials> find(String place, String id) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ItemGroup<?> group =
                    place.isEmpty() ? Jenkins.get() : Jenkins.get().getItemByFullName(place, AbstractFolder.class);
            if (group == null) {
                return Optional.empty();
            }
            return ExtensionList.lookup(CredentialsProvider.class).stream()
                    .filter(provider -> !provider.getClass().getName().startsWith(OURS))
                    .filter(provider -> provider.isEnabled(Jenkins.get()))
                    .flatMap(provider ->
                            provider
                                    .getCredentialsInItemGroup(StringCredentials.class, group, ACL.SYSTEM2, List.of())
                                    .stream())
                    .filter(credentials -> credentials.getId().equals(id))
                    .findFirst();
        }
    }

    private static SecretException failed(String id, String reason, String fix) {
        return new SecretException(Problem.UNAUTHENTICATED, "Jenkins credential '" + id + "'", reason, fix);
    }
}
