package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
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
        return kind.sensitivity().map(sensitivity -> switch (sensitivity) {
            case DATABASE -> database;
            case CERTIFICATE -> certificate;
            case TOKEN -> token;
        });
    }
}
