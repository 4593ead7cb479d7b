package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import io.jenkins.plugins.awssecrets.engine.SecretException;

/** Tells a failure in the words of the credentials plugin. */
final class Unavailable {
    private Unavailable() {}

    /** @param property the getter's property, or the credential's id where all of it was asked for */
    static CredentialsUnavailableException because(String id, String property, SecretException why) {
        return new CredentialsUnavailableException(property, "credential '" + id + "': " + why.getMessage(), why);
    }
}
