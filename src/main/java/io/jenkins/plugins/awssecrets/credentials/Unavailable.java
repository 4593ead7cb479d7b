package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import io.jenkins.plugins.awssecrets.engine.SecretException;

/** Tells a failure in the words of the credentials plugin. */
final class Unavailable {
    private Unavailable() {}

    /** @param property the getter's property, or the credential's id where all of it was asked for */
    static CredentialsUnavailableException because(String id, String property, SecretException why) {
        String subject = "credential '" + id + "'";
        String message = why.getMessage();
        return new CredentialsUnavailableException(
                property, message.startsWith(subject) ? message : subject + ": " + message, why);
    }
}
