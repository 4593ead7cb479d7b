package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;

/** A credential of the kind {@code certificate}: a PKCS#12 key store. */
public final class FetchedCertificate extends FetchedCredentials implements StandardCertificateCredentials {
    private static final long serialVersionUID = 1L;

    FetchedCertificate(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    /** Opened anew at each call. */
    @NonNull
    @Override
    public KeyStore getKeyStore() {
        // Together: of two reads the second might see a rotated store's password.
        Map<String, SecretValue> all = values().all();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            // With an empty password rather than none: a PKCS#12 store of the JDK is protected by an empty one.
            store.load(
                    new ByteArrayInputStream(all.get("keyStore").bytes()),
                    Optional.ofNullable(all.get("password"))
                            .map(SecretValue::reveal)
                            .orElse("")
                            .toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            // Without the cause: what a parser says of the bytes it read may hold some of them.
            throw new CredentialsUnavailableException(
                    "keyStore",
                    "certificate '" + getId() + "': the value is no PKCS#12 key store, or its password is wrong ("
                            + e.getClass().getSimpleName() + "). Store the .p12 file as a binary secret");
        }
    }

    /** Empty for a key store without one. */
    @NonNull
    @Override
    public Secret getPassword() {
        return secret("password");
    }

    @Override
    public FetchedCertificate with(CredentialValues values) {
        return new FetchedCertificate(identity(), values);
    }

    @Extension
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Certificate (AWS Secrets)";
        }

        @Override
        public String getIconClassName() {
            return "icon-application-certificate";
        }

        @Override
        CredentialKind kind() {
            return Kinds.CERTIFICATE;
        }

        @Override
        FetchedCertificate create(Identity identity, CredentialValues values) {
            return new FetchedCertificate(identity, values);
        }
    }

    @Extension
    public static final class SnapshotTaker extends Taker<FetchedCertificate> {
        public SnapshotTaker() {
            super(FetchedCertificate.class);
        }
    }
}
