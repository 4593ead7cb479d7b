package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;

/** A credential of the kind {@code dockerRegistry}: a user name and a password to other plugins. */
public final class FetchedDockerRegistry extends FetchedLogin {
    private static final long serialVersionUID = 1L;

    FetchedDockerRegistry(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @Override
    public FetchedDockerRegistry with(CredentialValues values) {
        return new FetchedDockerRegistry(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Docker registry (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-id-card";
        }

        @Override
        CredentialKind kind() {
            return Kinds.DOCKER_REGISTRY;
        }

        @Override
        FetchedDockerRegistry create(Identity identity, CredentialValues values) {
            return new FetchedDockerRegistry(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedDockerRegistry> {
        public SnapshotTaker() {
            super(FetchedDockerRegistry.class);
        }
    }
}
