package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.ClientKeys;
import io.jenkins.plugins.awssecrets.engine.source.tls.TrustedCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Makes the TLS context out of PEM texts. The driver's {@code SslConfig} would take one CA certificate and an RSA key
 * only, and let an environment variable switch verification off; there is no way to switch it off here.
 */
public final class TlsContexts {
    private static final char[] NO_PASSWORD = new char[0];

    private final String subject;

    /** @param subject what errors name as failed */
    public TlsContexts(String subject) {
        this.subject = subject;
    }

    /**
     * @param ca PEM of the CAs to trust instead of the JVM's
     * @throws SecretException {@code MALFORMED} for what is no certificate or key; its text has nothing of either
     */
    public SSLContext context(Optional<TextOrFile> ca, Optional<ClientIdentity> identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity.isPresent() ? keyManagers(identity.get()) : null,
                    ca.isPresent() ? trustManagers(ca.get()) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw malformed("the TLS settings cannot be used (" + e.getClass().getSimpleName() + ")");
        }
    }

    private TrustManager[] trustManagers(TextOrFile ca) throws GeneralSecurityException, IOException {
        return TrustedCertificates.trusting(certificates(ca, "the CA certificate"));
    }

    private KeyManager[] keyManagers(ClientIdentity identity) throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (identity instanceof ClientIdentity.Store store) {
            factory.init(store.store(), store.password().reveal().toCharArray());
        } else {
            ClientIdentity.Pem pem = (ClientIdentity.Pem) identity;
            SecretValue store = ClientKeys.store(
                    subject,
                    pem.certificates().read(subject, "the client certificate", Problem.MALFORMED),
                    pem.privateKey().map(key -> key.read(subject, "the client's private key", Problem.MALFORMED)),
                    pem.passphrase());
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(new ByteArrayInputStream(store.bytes()), NO_PASSWORD);
            factory.init(own, NO_PASSWORD);
        }
        return factory.getKeyManagers();
    }

    private Collection<? extends Certificate> certificates(TextOrFile pem, String what) {
        SecretValue text = pem.read(subject, what, Problem.MALFORMED);
        return TrustedCertificates.in(text.bytes())
                .orElseThrow(() -> malformed(what + " is not PEM (-----BEGIN CERTIFICATE-----)"));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private SecretException malformed(String reason) {
        return new SecretException(Problem.MALFORMED, subject, reason, "fix the source's TLS settings");
    }
}
