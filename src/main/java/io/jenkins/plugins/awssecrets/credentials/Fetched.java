package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;

/** A credential whose values are fetched when a getter is asked for them, whichever class of a plugin it extends. */
interface Fetched extends IdCredentials {
    Identity identity();

    CredentialValues values();

    /** The same credential with its values from elsewhere. */
    Fetched with(CredentialValues values);

    /** A field as text; empty text where it has no value. */
    default String text(String field) {
        return values().get(field).map(SecretValue::reveal).orElse("");
    }

    /** Jenkins has no {@link Secret} of a text that is a ciphertext of its own: it would hold what that decrypts to. */
    default Secret secret(String field) {
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
}
