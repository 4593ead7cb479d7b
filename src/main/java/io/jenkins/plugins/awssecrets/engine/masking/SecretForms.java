package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.forms.Derivation;
import java.util.Collection;

/**
 * The ways one secret may look in a log. {@code docs/masking.md} says what is covered and what is not.
 *
 * <p>The forms hold the secret: they belong into a matcher and nowhere else.
 */
public final class SecretForms {
    private SecretForms() {}

    /**
     * The distinct byte patterns of the secret, none of which may survive in a log. A text of 32 bytes has about 320
     * (letters and digits only) to 800; a value over 8 KiB gets the usual ones only, so that the set stays bounded.
     *
     * @return the patterns, in no particular order; none for a secret below 3 bytes
     */
    public static Collection<byte[]> derive(SecretValue secret) {
        return Derivation.of(secret.bytes());
    }
}
