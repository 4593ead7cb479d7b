package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Optional;

/** What a TLS client shows: a certificate and its key, from one text or two. */
public final class ClientKeys {
    private ClientKeys() {}

    /**
     * A PKCS#12 store without a password.
     *
     * @param subject of errors
     * @param certificate with its key, where there is no other
     * @throws SecretException {@link Problem#MALFORMED} with what either of them is instead; nothing of their content
     */
    public static SecretValue store(
            String subject, SecretValue certificate, Optional<SecretValue> key, Optional<SecretValue> passphrase) {
        Unsuitable unsuitable =
                new Unsuitable(subject, "a certificate with its private key", "fix the source's TLS settings");
        try {
            return PemStore.of(KeyText.of(certificate), key.map(KeyText::of), passphrase, unsuitable)
                    .store(new char[0]);
        } catch (SecretException e) {
            throw new SecretException(
                    Problem.MALFORMED,
                    subject,
                    "the client certificate with its private key cannot be used: " + e.reason(),
                    e.fix());
        }
    }
}
