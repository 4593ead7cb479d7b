package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.NameWith;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.List;
import org.jenkinsci.plugins.github_branch_source.GitHubAppCredentials;
import org.jenkinsci.plugins.github_branch_source.app_credentials.AccessSpecifiedRepositories;
import org.jenkinsci.plugins.github_branch_source.app_credentials.RepositoryAccessStrategy;

/**
 * A credential of the kind {@code githubApp}, whose password is an installation token. There only while the plugin
 * github-branch-source is, which makes the tokens and sees to it that no agent gets the private key.
 */
@NameWith(value = FetchedCredentials.NameProvider.class, priority = 100)
public final class FetchedGitHubApp extends GitHubAppCredentials implements Fetched {
    private static final long serialVersionUID = 1L;

    private transient CredentialValues values;
    private transient String note;

    FetchedGitHubApp(Identity identity, CredentialValues values) {
        super(identity.scope(), identity.id(), identity.description(), "", Secret.fromString(""));
        this.note = identity.note();
        this.values = values;
    }

    @Override
    public Identity identity() {
        return new Identity(getScope(), getId(), getDescription(), note);
    }

    @Override
    public CredentialValues values() {
        return values;
    }

    @Override
    public FetchedGitHubApp with(CredentialValues other) {
        return new FetchedGitHubApp(identity(), other);
    }

    /** Of a build of GitHub's own sources it is for the repository's owner, as GitHub Branch Source decides. */
    @NonNull
    @Override
    public Credentials forRun(@NonNull Run<?, ?> run) {
        return with(values.forRun(run)).inferredFrom(run);
    }

    private Credentials inferredFrom(Run<?, ?> run) {
        return super.forRun(run);
    }

    @NonNull
    @Override
    public String getAppID() {
        return text("appId");
    }

    @NonNull
    @Override
    public Secret getPrivateKey() {
        return secret("privateKey");
    }

    /** {@code null} for GitHub's own. */
    @CheckForNull
    @Override
    public String getApiUri() {
        return Util.fixEmptyAndTrim(text("apiUri"));
    }

    @NonNull
    @Override
    public RepositoryAccessStrategy getRepositoryAccessStrategy() {
        return new AccessSpecifiedRepositories(text("owner"), List.of());
    }

    /** Built anew: what the superclass keeps besides its fields is not stored. */
    private Object readResolve() {
        Identity stored = new Identity(getScope(), getId(), getDescription(), "");
        return new FetchedGitHubApp(stored, new StoredValues(getClass(), getId()));
    }

    @Extension(optional = true)
    public static final class DescriptorImpl extends FetchedCredentials.FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "GitHub App (AWS Secrets)";
        }

        @Override
        CredentialKind kind() {
            return Kinds.GITHUB_APP;
        }

        @Override
        FetchedGitHubApp create(Identity identity, CredentialValues values) {
            return new FetchedGitHubApp(identity, values);
        }
    }
}
