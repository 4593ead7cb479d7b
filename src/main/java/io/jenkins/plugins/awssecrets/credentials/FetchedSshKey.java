package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.List;

/** A credential of the kind {@code sshKey}. */
public final class FetchedSshKey extends FetchedCredentials implements SSHUserPrivateKey {
    private static final long serialVersionUID = 1L;

    FetchedSshKey(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @NonNull
    @Override
    public String getUsername() {
        return text("username");
    }

    /** Of a build its source tells; before it is read there, it is one, unless it is literal or declared to be none. */
    @Override
    public boolean isUsernameSecret() {
        return values().isUsernameSecret();
    }

    /** Empty for a key without one. */
    @NonNull
    @Override
    public Secret getPassphrase() {
        return secret("passphrase");
    }

    @NonNull
    @Override
    public List<String> getPrivateKeys() {
        return List.of(text("privateKey"));
    }

    @Override
    public FetchedSshKey with(CredentialValues values) {
        return new FetchedSshKey(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "SSH private key (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-fingerprint";
        }

        @Override
        CredentialKind kind() {
            return Kinds.SSH_KEY;
        }

        @Override
        FetchedSshKey create(Identity identity, CredentialValues values) {
            return new FetchedSshKey(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedSshKey> {
        public SnapshotTaker() {
            super(FetchedSshKey.class);
        }
    }
}
