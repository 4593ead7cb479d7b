package io.jenkins.plugins.awssecrets.engine.source.tls;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The CAs of a PEM text, to be trusted instead of the JVM's, or besides them. */
public final class TrustedCertificates {
    private static final int MAX_BYTES = 4 << 20;

    private TrustedCertificates() {}

    /** Its certificates; empty where the text is none. Why is not told, as it may quote what was pasted. */
    public static Optional<Collection<? extends Certificate>> in(byte[] pem) {
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** Trust managers for them. */
    public static TrustManager[] trusting(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /**
     * Trust managers for the certificates in a file and the JVM's own: whoever names a bundle adds a CA to those that
     * were trusted before.
     *
     * @param subject what an error names as failed
     * @throws SecretException ({@code MALFORMED}) where the file cannot be read or has none
     */
    public static TrustManager[] of(String subject, Path file) {
        try {
            if (Files.size(file) <= MAX_BYTES) {
                Optional<Collection<? extends Certificate>> found = in(Files.readAllBytes(file));
                if (found.isPresent()) {
                    List<Certificate> all = new ArrayList<>(found.get());
                    all.addAll(ofJvm());
                    return trusting(all);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw malformed(subject, file, "cannot be read");
        }
        throw malformed(subject, file, "has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private static List<Certificate> ofJvm() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .map(Certificate.class::cast)
                .toList();
    }

    private static SecretException malformed(String subject, Path file, String reason) {
        return new SecretException(
                Problem.MALFORMED, subject, file + " " + reason, "name a file of CA certificates in PEM");
    }
}
