package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate of Vault's PKI engine that has no lease: it is revoked by its serial number. It cannot be renewed.
 *
 * @param mount of the engine
 */
record CertificateLease(String mount, String serial, Instant end) {
    private static final String SEPARATOR = " ";

    /** Empty for a lease of Vault's. */
    static Optional<CertificateLease> of(Lease lease) {
        if (!lease.isCertificate()) {
            return Optional.empty();
        }
        String[] parts = lease.id().split(SEPARATOR);
        return Optional.of(new CertificateLease(parts[1], parts[2], Instant.parse(parts[3])));
    }

    /** What needs {@code update}. */
    static String path(String mount) {
        return mount + "/revoke";
    }

    Lease lease(Instant now) {
        long seconds = Math.max(0, Duration.between(now, end).toSeconds());
        return new Lease(String.join(SEPARATOR, Lease.CERTIFICATE, mount, serial, end.toString()), seconds, false);
    }
}
