package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Client certificates with their keys, as a PKCS#12 key store. */
public final class KeyStores {
    private static final String FIX =
            "store a PKCS#12 file, or the certificate and its private key as PEM, one after the other";
    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;

    private KeyStores() {}

    /**
     * The PKCS#12 store: as it is stored, or made of PEM or of a Java key store with the same password.
     *
     * @param field the subject of errors
     * @param password of the store, of a Java key store, or of an encrypted PEM key; without one a stored PKCS#12 is not
     *     opened
     * @throws SecretException for what is something else, does not open, or lacks the key
     */
    public static SecretValue delivered(String field, SecretValue stored, Optional<SecretValue> password) {
        Unsuitable unsuitable = new Unsuitable(field, "a certificate with its private key", FIX);
        KeyText given = KeyText.of(stored);
        char[] opening = password.map(SecretValue::reveal).orElse("").toCharArray();
        if (isJavaStore(given.bytes())) {
            KeyStore store = load(given.bytes(), opening, "it is a Java key store (JKS), and", unsuitable);
            return converted(store, opening, unsuitable);
        }
        if (given.blocks().stream().anyMatch(b -> b.label().equals(DerContent.PKCS12))) {
            if (password.isPresent()) {
                holdsKey(load(given.bytes(), opening, "", unsuitable), unsuitable);
            }
            return given.bytes().length == stored.size() ? stored : SecretValue.of(given.bytes());
        }
        return PemStore.of(given, Optional.empty(), password, unsuitable).store(opening);
    }

    /** When the first of the certificates of a delivered store that a key belongs to ends. */
    public static Optional<Instant> expiry(SecretValue delivered, Optional<SecretValue> password) {
        char[] opening = password.map(SecretValue::reveal).orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(delivered.bytes()), opening);
            Optional<Instant> first = Optional.empty();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    Instant ends = certificate.getNotAfter().toInstant();
                    first = first.filter(f -> f.isBefore(ends)).or(() -> Optional.of(ends));
                }
            }
            return first;
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    static boolean isJavaStore(byte[] bytes) {
        if (bytes.length < Integer.BYTES) {
            return false;
        }
        int magic = java.nio.ByteBuffer.wrap(bytes).getInt();
        return magic == JKS || magic == JCEKS;
    }

    private static KeyStore load(byte[] bytes, char[] password, String what, Unsuitable unsuitable) {
        boolean jceks = bytes[0] == (byte) (JCEKS >>> 24);
        try {
            KeyStore store = KeyStore.getInstance(!isJavaStore(bytes) ? "PKCS12" : jceks ? "JCEKS" : "JKS");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            // The JDK tells a wrong password from damage by the cause; its text may hold bytes of the store.
            boolean wrong = e.getCause() instanceof java.security.UnrecoverableKeyException;
            String begin = what.isEmpty() ? "" : what + " ";
            throw wrong
                    ? unsuitable.because(
                            begin + (password.length == 0 ? "no password is given" : "the password does not open it"),
                            "give it the right password")
                    : unsuitable.because(begin + "the key store is damaged", "store the file again, whole");
        }
    }

    private static void holdsKey(KeyStore store, Unsuitable unsuitable) {
        try {
            List<String> aliases = Collections.list(store.aliases());
            for (String alias : aliases) {
                if (store.isKeyEntry(alias)) {
                    return;
                }
            }
            throw unsuitable.because(
                    aliases.isEmpty()
                            ? "the key store is empty"
                            : "the key store holds certificates and no private key",
                    "export the certificate with its private key; a trust store is of the kind file");
        } catch (GeneralSecurityException e) {
            throw unsuitable.because("the key store is damaged", "store the file again, whole");
        }
    }

    private static SecretValue converted(KeyStore java, char[] password, Unsuitable unsuitable) {
        holdsKey(java, unsuitable);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (String alias : Collections.list(java.aliases())) {
                if (java.isKeyEntry(alias)) {
                    Key key = java.getKey(alias, password);
                    if (key instanceof PrivateKey) {
                        store.setKeyEntry(alias, key, password, java.getCertificateChain(alias));
                    }
                } else {
                    store.setCertificateEntry(alias, java.getCertificate(alias));
                }
            }
            return bytes(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw unsuitable.because(
                    "it is a Java key store (JKS) whose key has another password",
                    "convert it with: keytool -importkeystore -srckeystore KEYSTORE -destkeystore KEYSTORE.p12"
                            + " -deststoretype PKCS12");
        }
    }

    static SecretValue bytes(KeyStore store, char[] password) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return SecretValue.of(out.toByteArray());
    }
}
