package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsSnapshotTaker;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A credential whose values are fetched when a getter is asked for them. What is written of it, to XML or a stream, is
 * its id; a snapshot alone ({@link Taker}) carries values.
 *
 * <p>A getter throws {@link com.cloudbees.plugins.credentials.CredentialsUnavailableException}, with the cause and how
 * to fix it, when a value cannot be had.
 */
@NameWith(value = FetchedCredentials.NameProvider.class, priority = 100)
public abstract class FetchedCredentials extends BaseStandardCredentials {
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

    /** The same credential with its values from elsewhere. */
    abstract FetchedCredentials with(CredentialValues values);

    final Identity identity() {
        return new Identity(getScope(), getId(), getDescription(), note);
    }

    final CredentialValues values() {
        return values;
    }

    /** This credential for one build, whose snapshot its values then come from. */
    @NonNull
    @Override
    public Credentials forRun(@NonNull Run<?, ?> run) {
        return with(values.forRun(run));
    }

    /** A field as text; empty text where it has no value. */
    final String text(String field) {
        return values.get(field).map(SecretValue::reveal).orElse("");
    }

    /** Jenkins has no {@link Secret} of a text that is a ciphertext of its own: it would hold what that decrypts to. */
    final Secret secret(String field) {
        String text = text(field);
        if (Secret.decrypt(text) != null) {
            throw new CredentialsUnavailableException(
                    field,
                    "credential '" + getId() + "': the value of " + field
                            + " is text that this Jenkins encrypted,"
                            + " and would be decrypted. Store the value itself in the source");
        }
        return Secret.fromString(text);
    }

    final byte[] bytes(String field) {
        return values.get(field).map(SecretValue::bytes).orElse(new byte[0]);
    }

    protected Object readResolve() {
        note = "";
        values = snapshot == null ? new StoredValues(getClass(), getId()) : snapshot;
        return this;
    }

    /** For a list of ids: the id, with the description and the age of what is known. */
    final String label() {
        return described(getId(), getDescription(), note);
    }

    private static String described(String name, String... about) {
        String added = Stream.of(about).filter(text -> !text.isBlank()).collect(Collectors.joining("; "));
        return added.isEmpty() ? name : name + " (" + added + ")";
    }

    /**
     * The description, or the id where there is none, as Jenkins' own secrets have it, with the age of what is known. No
     * name is made of a user name or a certificate, which would have to be fetched.
     */
    public static final class NameProvider extends CredentialsNameProvider<FetchedCredentials> {
        @NonNull
        @Override
        public String getName(@NonNull FetchedCredentials credentials) {
            String description = credentials.getDescription();
            return described(description.isBlank() ? credentials.getId() : description, credentials.note);
        }
    }

    /** The descriptor of a kind; makes its credentials. Where its plugin is missing, the kind is not offered. */
    public abstract static class FetchedCredentialsDescriptor extends BaseStandardCredentialsDescriptor {
        abstract CredentialKind kind();

        abstract FetchedCredentials create(Identity identity, CredentialValues values);

        @Override
        public boolean isApplicable(CredentialsProvider provider) {
            return provider instanceof AwsSecretsCredentialsProvider;
        }
    }

    /** Makes a copy that carries its values, for an agent. */
    abstract static class Taker<C extends FetchedCredentials> extends CredentialsSnapshotTaker<C> {
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
