package io.jenkins.plugins.awssecrets.engine.keys;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words in PEM's BEGIN lines (RFC 7468, and what came before it) and what they mean to a reader. */
final class PemLabels {
    private static final List<String> KNOWN = List.of(
            "OPENSSH PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "DSA PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PRIVATE KEY",
            "PUBLIC KEY",
            "RSA PUBLIC KEY",
            "CERTIFICATE",
            "X509 CERTIFICATE",
            "TRUSTED CERTIFICATE",
            "CERTIFICATE REQUEST",
            "NEW CERTIFICATE REQUEST",
            "X509 CRL",
            "PKCS7",
            "CMS",
            "EC PARAMETERS",
            "DSA PARAMETERS",
            "DH PARAMETERS",
            "PGP PRIVATE KEY BLOCK",
            "PGP PUBLIC KEY BLOCK",
            "PGP MESSAGE");

    private PemLabels() {}

    /** The label with the blanks that were lost. */
    static String spaced(String label) {
        String squeezed = label.replace(" ", "");
        return KNOWN.stream()
                .filter(known -> known.replace(" ", "").equals(squeezed))
                .findFirst()
                .orElse(label);
    }

    static String meaning(String label) {
        return switch (label) {
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "a public key";
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> "a certificate";
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> "a certificate signing request";
            case "X509 CRL" -> "a certificate revocation list";
            case "PKCS7", "CMS" -> "a PKCS#7 bundle, which holds no private key";
            case "EC PARAMETERS", "DSA PARAMETERS", "DH PARAMETERS" -> "parameters without a key";
            case DerContent.PKCS12 -> "a PKCS#12 key store";
            case "OPENSSH PRIVATE KEY" -> "an OpenSSH private key";
            default -> other(label);
        };
    }

    private static String other(String label) {
        if (label.startsWith("PGP")) {
            return "a PGP " + label.substring("PGP ".length()).toLowerCase(Locale.ROOT);
        }
        return Optional.of(label)
                .filter(KNOWN::contains)
                .map(known -> "a " + known.replace("PRIVATE KEY", "private key").toLowerCase(Locale.ROOT))
                .orElse("PEM of an unknown kind");
    }
}
