package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.forms.Derivation;
import io.jenkins.plugins.awssecrets.engine.masking.forms.LayoutTexts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The ways one secret may look in a log. {@code docs/masking.md} says what is covered and what is not.
 *
 * <p>The forms hold the secret: they belong into a matcher and nowhere else.
 */
public final class SecretForms {
    private SecretForms() {}

    /**
     * The distinct byte patterns of the secret, none of which may survive in a log. A text of 32 bytes has about 200
     * (letters and digits only) to 800; a value over 8 KiB gets the usual ones only, so that the set stays bounded.
     *
     * @return the patterns, in no particular order; none for a secret below 3 bytes
     */
    public static Collection<byte[]> derive(SecretValue secret) {
        return Derivation.of(secret.bytes(), secret.shown());
    }

    /** The texts that are looked for over the layout that a tool gives them. */
    static Collection<LayoutForm> layout(SecretValue secret) {
        List<LayoutForm> forms = new ArrayList<>();
        LayoutTexts texts = LayoutTexts.of(secret.bytes(), secret.shown());
        texts.plain().forEach(text -> forms.add(LayoutForm.ofPlain(text)));
        texts.encoded().forEach(text -> forms.add(LayoutForm.ofEncoded(text, false)));
        texts.files().forEach(text -> forms.add(LayoutForm.ofEncoded(text, true)));
        return forms;
    }
}
