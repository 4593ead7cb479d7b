package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Certificates as PEM. */
public final class Certificates {
    private Certificates() {}

    /**
     * The certificates in their order, and nothing else that is stored with them.
     *
     * @param field the subject of errors
     * @throws SecretException for what holds none, or a damaged one
     */
    public static SecretValue delivered(String field, SecretValue stored) {
        Unsuitable unsuitable = new Unsuitable(field, "a certificate", "store the certificate as PEM");
        KeyText given = KeyText.of(stored);
        List<PemBlock> blocks =
                given.blocks().stream().filter(PemBlock::isCertificate).toList();
        if (blocks.isEmpty()) {
            throw unsuitable.is(given);
        }
        PemStore.certificates(blocks, unsuitable);
        return SecretValue.of(blocks.stream()
                .map(block -> new PemBlock(PemBlock.CERTIFICATE, block.content()).text())
                .collect(Collectors.joining()));
    }

    /** When the first of delivered certificates ends. */
    public static Optional<Instant> expiry(SecretValue delivered) {
        return PemStore.certificates(KeyText.of(delivered).blocks(), new Unsuitable("", "", "")).stream()
                .findFirst()
                .map(X509Certificate::getNotAfter)
                .map(java.util.Date::toInstant);
    }
}
