package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A credential of the kind {@code string}. */
public final class FetchedString extends FetchedCredentials implements StringCredentials {
    private static final long serialVersionUID = 1L;

    FetchedString(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @NonNull
    @Override
    public Secret getSecret() {
        return secret("secret");
    }

    @Override
    public FetchedString with(CredentialValues values) {
        return new FetchedString(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Secret text (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-details";
        }

        @Override
        CredentialKind kind() {
            return Kinds.STRING;
        }

        @Override
        FetchedString create(Identity identity, CredentialValues values) {
            return new FetchedString(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedString> {
        public SnapshotTaker() {
            super(FetchedString.class);
        }
    }
}
