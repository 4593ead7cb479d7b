package io.jenkins.plugins.awssecrets.credentials;

import com.dabsquared.gitlabjenkins.connection.GitLabApiToken;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;

/** A credential of the kind {@code gitlabToken}. There only while the plugin gitlab-plugin is. */
public final class FetchedGitLabToken extends FetchedCredentials implements GitLabApiToken {
    private static final long serialVersionUID = 1L;

    FetchedGitLabToken(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @Override
    public Secret getApiToken() {
        return secret("token");
    }

    @Override
    public FetchedGitLabToken with(CredentialValues values) {
        return new FetchedGitLabToken(identity(), values);
    }

    @Extension(optional = true)
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "GitLab API token (AWS Secrets)";
        }

        @Override
        CredentialKind kind() {
            return Kinds.GITLAB_TOKEN;
        }

        @Override
        FetchedGitLabToken create(Identity identity, CredentialValues values) {
            return new FetchedGitLabToken(identity, values);
        }
    }

    @Extension(optional = true)
    public static final class SnapshotTaker extends Taker<FetchedGitLabToken> {
        public SnapshotTaker() {
            super(FetchedGitLabToken.class);
        }
    }
}
