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
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;

/** A credential of the kind {@code x509ClientCert}. There only while the plugin docker-commons is. */
@NameWith(value = FetchedCredentials.NameProvider.class, priority = 100)
public final class FetchedDockerServer extends DockerServerCredentials implements Fetched {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final FixedValues snapshot;

    private transient CredentialValues values;
    private transient String note;

    FetchedDockerServer(Identity identity, CredentialValues values) {
        super(identity.scope(), identity.id(), identity.description(), (Secret) null, null, null);
        this.note = identity.note();
        this.snapshot = values instanceof FixedValues fixed ? fixed : null;
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
    public FetchedDockerServer with(CredentialValues other) {
        return new FetchedDockerServer(identity(), other);
    }

    @NonNull
    @Override
    public Credentials forRun(@NonNull Run<?, ?> run) {
        return with(values.forRun(run));
    }

    @Deprecated
    @Override
    public String getClientKey() {
        return text("clientKey");
    }

    @Override
    public Secret getClientKeySecret() {
        return secret("clientKey");
    }

    @Override
    public String getClientCertificate() {
        return Util.fixEmpty(text("clientCertificate"));
    }

    /** {@code null} where the credential has none. */
    @CheckForNull
    @Override
    public String getServerCaCertificate() {
        return Util.fixEmpty(text("serverCaCertificate"));
    }

    private Object readResolve() {
        note = "";
        values = snapshot == null ? new StoredValues(getClass(), getId()) : snapshot;
        return this;
    }

    @Extension(optional = true)
    public static final class DescriptorImpl extends FetchedCredentials.FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "X.509 client certificate (AWS Secrets)";
        }

        @Override
        CredentialKind kind() {
            return Kinds.X509_CLIENT_CERT;
        }

        @Override
        FetchedDockerServer create(Identity identity, CredentialValues values) {
            return new FetchedDockerServer(identity, values);
        }
    }

    @Extension(optional = true)
    public static final class SnapshotTaker extends FetchedCredentials.Taker<FetchedDockerServer> {
        public SnapshotTaker() {
            super(FetchedDockerServer.class);
        }
    }
}
