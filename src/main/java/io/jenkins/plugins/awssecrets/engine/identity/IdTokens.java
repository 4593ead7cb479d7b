package io.jenkins.plugins.awssecrets.engine.identity;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;

/** Gives the ID tokens of one build: signed statements of who it is, for whoever trusts their issuer. */
@FunctionalInterface
public interface IdTokens {
    /**
     * A token for the build, made now.
     *
     * @param place full name of the folder whose source asks; empty for a source of Jenkins itself
     * @param credentialsId of the credential, seen from that place, that makes the tokens
     * @throws SecretException when there is no such credential, or it gives nothing
     */
    SecretValue token(String place, String credentialsId);
}
