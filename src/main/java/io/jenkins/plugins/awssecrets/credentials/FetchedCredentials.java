package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsSnapshotTaker;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;

/**
 * A credential whose values are fetched when a getter is asked for them. What is written of it, to XML or a stream, is
 * its id; a snapshot alone ({@link Taker}) carries values.
 *
 * <p>A getter throws {@link com.cloudbees.plugins.credentials.CredentialsUnavailableException}, with the cause and how
 * to fix it, when a value cannot be had.
 */
@NameWith(value = FetchedCredentials.NameProvider.class, priority = 100)
public abstract class FetchedCredentials extends BaseStandardCredentials implements Fetched {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final FixedValues snapshot;

    private transient CredentialValues values;
    private transient String note;

    FetchedCredentials(Identity identity, CredentialValues values) {
        super(identity.scope(), identity.id(), identity.description());
        this.note = identity.note();
        this.snapshot = values instanceof FixedValues fixed ? fixed : null;
        this.values = values;
    }

    @Override
    public abstract FetchedCredentials with(CredentialValues values);

    @Override
    public final Identity identity() {
        return new Identity(getScope(), getId(), getDescription(), note);
    }

    @Override
    public final CredentialValues values() {
        return values;
    }

    /** This credential for one build, whose snapshot its values then come from. */
    @NonNull
    @Override
    public Credentials forRun(@NonNull Run<?, ?> run) {
        return with(values.forRun(run));
    }

    final byte[] bytes(String field) {
        return values.get(field).map(SecretValue::bytes).orElse(new byte[0]);
    }

    protected Object readResolve() {
        note = "";
        values = snapshot == null ? new StoredValues(getClass(), getId()) : snapshot;
        return this;
    }

    /** Whether a credential is one of these, whichever class of a plugin it extends. */
    public static boolean isOne(@CheckForNull Object credentials) {
        return credentials instanceof Fetched;
    }

    /**
     * The description, or the id where there is none, as Jenkins' own secrets have it, with the age of what is known. No
     * name is made of a user name or a certificate, which would have to be fetched.
     */
    public static final class NameProvider extends CredentialsNameProvider<Credentials> {
        @NonNull
        @Override
        public String getName(@NonNull Credentials credentials) {
            return ((Fetched) credentials).identity().name();
        }
    }

    /** The descriptor of a kind; makes its credentials. Where its plugin is missing, the kind is not offered. */
    public abstract static class FetchedCredentialsDescriptor extends BaseStandardCredentialsDescriptor {
        abstract CredentialKind kind();

        abstract Fetched create(Identity identity, CredentialValues values);

        @Override
        public boolean isApplicable(CredentialsProvider provider) {
            return provider instanceof AwsSecretsCredentialsProvider;
        }
    }

    /** Makes a copy that carries its values, for an agent. */
    abstract static class Taker<C extends Credentials & Fetched> extends CredentialsSnapshotTaker<C> {
        private final Class<C> type;

        Taker(Class<C> type) {
            this.type = type;
        }

        @Override
        public final Class<C> type() {
            return type;
        }

        @Override
        public final C snapshot(C credentials) {
            CredentialValues values = credentials.values();
            return values instanceof FixedValues
                    ? credentials
                    : type.cast(credentials.with(new FixedValues(values.all(), values.isUsernameSecret())));
        }
    }
}
