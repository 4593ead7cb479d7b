package io.jenkins.plugins.awssecrets.credentials;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Map;
import java.util.Optional;

/** Where a credential's getters take its fields from. */
interface CredentialValues {
    /**
     * The value of one field; empty for an optional field without one. May wait for the network.
     *
     * @throws com.cloudbees.plugins.credentials.CredentialsUnavailableException with the cause and the fix
     */
    Optional<SecretValue> get(String field);

    /**
     * The values of all fields, read at one moment. May wait for the network.
     *
     * @throws com.cloudbees.plugins.credentials.CredentialsUnavailableException with the cause and the fix
     */
    Map<String, SecretValue> all();

    /** Whether the username is a secret; where that is not known yet, it is. May wait for the network. */
    boolean isUsernameSecret();

    /** The values that a build sees. */
    CredentialValues forRun(Run<?, ?> run);
}
