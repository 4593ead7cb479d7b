package io.jenkins.plugins.awssecrets.engine.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What stands between a BEGIN and an END line.
 *
 * @param label the words of the line, such as {@code RSA PRIVATE KEY}
 * @param encryption the algorithm and the IV of a {@code DEK-Info} header (RFC 1421), where the content is encrypted
 */
record PemBlock(String label, Optional<String> encryption, byte[] content) {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String OPENSSH = "OPENSSH PRIVATE KEY";
    static final String PKCS8 = "PRIVATE KEY";
    static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";

    /** OpenSSL's length of a line, and OpenSSH's. */
    private static final int COLUMNS = 64;

    private static final int OPENSSH_COLUMNS = 70;

    PemBlock(String label, byte[] content) {
        this(label, Optional.empty(), content);
    }

    boolean isPrivateKey() {
        return label.endsWith(PKCS8) && !label.contains("PGP") && !label.contains("SSH2");
    }

    boolean isCertificate() {
        return label.equals(CERTIFICATE) || label.equals("X509 CERTIFICATE") || label.equals("TRUSTED CERTIFICATE");
    }

    boolean isEncrypted() {
        return encryption.isPresent() || label.equals(ENCRYPTED_PKCS8);
    }

    /** As OpenSSL and OpenSSH write it. */
    String text() {
        int columns = label.equals(OPENSSH) ? OPENSSH_COLUMNS : COLUMNS;
        String body = new String(
                Base64.getMimeEncoder(columns / 4 * 4, new byte[] {'\n'}).encode(content), StandardCharsets.US_ASCII);
        if (columns % 4 != 0) {
            body = wrapped(body.replace("\n", ""), columns);
        }
        return "-----BEGIN " + label + "-----\n"
                + encryption
                        .map(dek -> "Proc-Type: 4,ENCRYPTED\nDEK-Info: " + dek + "\n\n")
                        .orElse("")
                + body + "\n-----END " + label + "-----\n";
    }

    private static String wrapped(String body, int columns) {
        return body.replaceAll("(.{" + columns + "})(?=.)", "$1\n");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PemBlock that
                && label.equals(that.label)
                && encryption.equals(that.encryption)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Its content may be a key. */
    @Override
    public String toString() {
        return label;
    }
}
