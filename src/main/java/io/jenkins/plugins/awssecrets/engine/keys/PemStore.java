package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate, its private key and the certificates that lead to its root, out of PEM.
 *
 * @param chain the certificate first
 * @param others certificates that are no part of the chain
 */
record PemStore(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> others) {

    /**
     * @param keyText where the key is, if not beside the certificate
     * @param passphrase of an encrypted key
     */
    static PemStore of(
            KeyText given, Optional<KeyText> keyText, Optional<SecretValue> passphrase, Unsuitable unsuitable) {
        List<PemBlock> keys = keyText.orElse(given).blocks().stream()
                .filter(PemBlock::isPrivateKey)
                .toList();
        List<X509Certificate> certificates = certificates(given.blocks(), unsuitable);
        if (keyText.isPresent() && keys.isEmpty()) {
            throw unsuitable.isNoKey(keyText.get());
        }
        if (keys.isEmpty()) {
            throw certificates.isEmpty()
                    ? unsuitable.is(given)
                    : unsuitable.because("it is a certificate without its private key");
        }
        if (certificates.isEmpty()) {
            throw unsuitable.because("it is a private key without its certificate");
        }
        if (keys.size() > 1) {
            throw unsuitable.because("it holds " + keys.size() + " private keys", "keep the one of the certificate");
        }
        PrivateKeys read = new PrivateKeys(unsuitable);
        PrivateKey key = read.key(read.read(keys.get(0), passphrase));
        X509Certificate own = certificates.stream()
                .filter(certificate -> belongTogether(key, certificate))
                .findFirst()
                .orElseThrow(() -> unsuitable.because(
                        certificates.size() == 1
                                ? "the private key is not that of the certificate"
                                : "the private key is that of none of the " + certificates.size() + " certificates",
                        "store the key that the certificate was issued for"));
        List<X509Certificate> rest = new ArrayList<>(certificates);
        List<X509Certificate> chain = chain(own, rest);
        return new PemStore(key, chain, rest);
    }

    SecretValue store(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, password, chain.toArray(X509Certificate[]::new));
            for (int i = 0; i < others.size(); i++) {
                store.setCertificateEntry("ca" + (i + 1), others.get(i));
            }
            return KeyStores.bytes(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("making a PKCS#12 store failed: " + e.getClass());
        }
    }

    static List<X509Certificate> certificates(List<PemBlock> blocks, Unsuitable unsuitable) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                certificates.add(certificate(block, unsuitable));
            }
        }
        return certificates;
    }

    private static X509Certificate certificate(PemBlock block, Unsuitable unsuitable) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw damaged(unsuitable);
        }
    }

    private static SecretException damaged(Unsuitable unsuitable) {
        return unsuitable.because("a certificate is damaged", "store it again, whole");
    }

    /** Takes what belongs to the chain out of the rest. Issuers are matched by name: who trusts them checks more. */
    private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> rest) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            rest.removeIf(last::equals);
            next = rest.stream()
                    .filter(c -> c.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst();
        }
        return chain;
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "DSA" -> "SHA256withDSA";
                    default -> "EdDSA";
                };
        try {
            byte[] text = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            // A certificate of another algorithm.
            return false;
        }
    }

    @Override
    public String toString() {
        return "PemStore of " + chain.size() + " certificates";
    }
}
