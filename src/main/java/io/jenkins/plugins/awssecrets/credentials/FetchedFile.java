package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** A credential of the kind {@code file}. */
public final class FetchedFile extends FetchedCredentials implements FileCredentials {
    private static final long serialVersionUID = 1L;

    FetchedFile(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    /** The declared name; the id where none is declared. */
    @NonNull
    @Override
    public String getFileName() {
        String name = text("fileName");
        return name.isEmpty() ? getId() : name;
    }

    @NonNull
    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(bytes("content"));
    }

    @Override
    public FetchedFile with(CredentialValues values) {
        return new FetchedFile(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Secret file (AWS Secrets)";
        }

        @Override
        CredentialKind kind() {
            return Kinds.FILE;
        }

        @Override
        FetchedFile create(Identity identity, CredentialValues values) {
            return new FetchedFile(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedFile> {
        public SnapshotTaker() {
            super(FetchedFile.class);
        }
    }
}
