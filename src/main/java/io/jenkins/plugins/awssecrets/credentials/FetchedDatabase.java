package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;

/** A credential of the kind {@code database}: a user name and a password to other plugins. */
public final class FetchedDatabase extends FetchedLogin {
    private static final long serialVersionUID = 1L;

    FetchedDatabase(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @Override
    public FetchedDatabase with(CredentialValues values) {
        return new FetchedDatabase(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Database (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-id-card";
        }

        @Override
        CredentialKind kind() {
            return Kinds.DATABASE;
        }

        @Override
        FetchedDatabase create(Identity identity, CredentialValues values) {
            return new FetchedDatabase(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedDatabase> {
        public SnapshotTaker() {
            super(FetchedDatabase.class);
        }
    }
}
