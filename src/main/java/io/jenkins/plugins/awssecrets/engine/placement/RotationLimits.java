package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.FieldSpec;
import java.util.Optional;

/**
 * After how many days what is highly sensitive is to rotate.
 *
 * @param database a database's password
 * @param certificate a certificate's key store
 * @param token access keys and other tokens that open a whole account
 */
public record RotationLimits(int database, int certificate, int token) {
    public static final RotationLimits DEFAULTS = new RotationLimits(90, 180, 90);

    /** Empty for what is not highly sensitive by its kind: a plain string may be anything. */
    Optional<Integer> of(CredentialKind kind, FieldSpec field) {
        if (!field.secret() || !field.required()) {
            return Optional.empty();
        }
        return switch (kind) {
            case DATABASE -> Optional.of(database);
            case CERTIFICATE -> Optional.of(certificate);
            case AWS -> Optional.of(token);
            case STRING, USERNAME_PASSWORD, DOCKER_REGISTRY, SSH_KEY, FILE -> Optional.empty();
        };
    }
}
