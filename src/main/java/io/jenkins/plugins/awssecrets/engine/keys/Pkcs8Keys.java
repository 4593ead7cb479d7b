package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Private keys as PEM in PKCS#8 without a passphrase, which every TLS client and every library for signed tokens reads. */
public final class Pkcs8Keys {
    private static final String FIX = "store the private key as PEM";

    private Pkcs8Keys() {}

    /**
     * The key of a TLS client.
     *
     * @param field the subject of errors
     * @param certificate what it must be the key of, where that is known
     * @throws SecretException for what is no private key, is encrypted, or belongs to another certificate
     */
    public static SecretValue delivered(String field, SecretValue stored, Optional<SecretValue> certificate) {
        Unsuitable unsuitable = new Unsuitable(field, "a private key", FIX);
        KeyText given = KeyText.of(stored);
        PrivateKeyInfo info = read(given, unsuitable);
        certificate.ifPresent(
                shown -> PemStore.of(KeyText.of(shown), Optional.of(given), Optional.empty(), unsuitable));
        return pem(info, unsuitable);
    }

    /**
     * A key that signs by RSA.
     *
     * @param field the subject of errors
     * @throws SecretException for what is no such key, or is encrypted
     */
    public static SecretValue rsa(String field, SecretValue stored) {
        Unsuitable unsuitable = new Unsuitable(field, "an RSA private key", FIX);
        PrivateKeyInfo info = read(KeyText.of(stored), unsuitable);
        if (!new PrivateKeys(unsuitable).key(info).getAlgorithm().equals("RSA")) {
            throw unsuitable.because("it is not an RSA private key");
        }
        return pem(info, unsuitable);
    }

    private static PrivateKeyInfo read(KeyText given, Unsuitable unsuitable) {
        PemBlock key = given.privateKey(unsuitable);
        if (key.isEncrypted()) {
            throw unsuitable.because(
                    "the private key is encrypted", "decrypt it with: openssl pkcs8 -topk8 -nocrypt -in KEY");
        }
        return new PrivateKeys(unsuitable).read(key, Optional.empty());
    }

    private static SecretValue pem(PrivateKeyInfo info, Unsuitable unsuitable) {
        try {
            return SecretValue.of(new PemBlock(PemBlock.PKCS8, info.getEncoded()).text());
        } catch (IOException e) {
            throw unsuitable.because("the private key is damaged", "store it again, whole");
        }
    }
}
