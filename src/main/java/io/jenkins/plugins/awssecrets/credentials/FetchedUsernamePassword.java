package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;

/** A credential of the kind {@code usernamePassword}. */
public final class FetchedUsernamePassword extends FetchedLogin {
    private static final long serialVersionUID = 1L;

    FetchedUsernamePassword(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @Override
    public FetchedUsernamePassword with(CredentialValues values) {
        return new FetchedUsernamePassword(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Username with password (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-id-card";
        }

        @Override
        CredentialKind kind() {
            return Kinds.USERNAME_PASSWORD;
        }

        @Override
        FetchedUsernamePassword create(Identity identity, CredentialValues values) {
            return new FetchedUsernamePassword(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedUsernamePassword> {
        public SnapshotTaker() {
            super(FetchedUsernamePassword.class);
        }
    }
}
