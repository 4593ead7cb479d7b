package io.jenkins.plugins.awssecrets.engine.keys;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** Tells by its outermost structure what bytes are. */
final class DerContent {
    /** No PEM has it: a label of ours for a key store. */
    static final String PKCS12 = "PKCS#12";

    private static final byte[] OPENSSH_MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PKCS1_RSA = 9;
    private static final int PKCS1_DSA = 6;
    private static final int SEQUENCE = 0x30;

    private DerContent() {}

    /** The label of the PEM that would hold the bytes; empty for what is neither DER nor an OpenSSH key. */
    static Optional<String> label(byte[] bytes) {
        if (bytes.length > OPENSSH_MAGIC.length
                && Arrays.equals(Arrays.copyOf(bytes, OPENSSH_MAGIC.length), OPENSSH_MAGIC)) {
            return Optional.of(PemBlock.OPENSSH);
        }
        if (bytes.length == 0 || bytes[0] != SEQUENCE) {
            return Optional.empty();
        }
        try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(bytes))) {
            ASN1Primitive outermost = in.readObject();
            return outermost instanceof ASN1Sequence sequence && sequence.size() > 1 && in.readObject() == null
                    ? label(sequence)
                    : Optional.empty();
        } catch (java.io.IOException | RuntimeException e) {
            // Not DER, whatever else.
            return Optional.empty();
        }
    }

    private static Optional<String> label(ASN1Sequence sequence) {
        ASN1Encodable first = sequence.getObjectAt(0);
        ASN1Encodable second = sequence.getObjectAt(1);
        if (first instanceof ASN1Integer version) {
            return ofVersion(version, second, sequence);
        }
        if (first instanceof ASN1ObjectIdentifier) {
            return Optional.of("PKCS7");
        }
        if (!(first instanceof ASN1Sequence inner) || inner.size() == 0) {
            return Optional.empty();
        }
        if (inner.getObjectAt(0) instanceof ASN1ObjectIdentifier) {
            return second instanceof ASN1BitString
                    ? Optional.of("PUBLIC KEY")
                    : second instanceof ASN1OctetString ? Optional.of(PemBlock.ENCRYPTED_PKCS8) : Optional.empty();
        }
        if (inner.getObjectAt(0) instanceof ASN1TaggedObject) {
            return Optional.of(PemBlock.CERTIFICATE);
        }
        return Optional.of("CERTIFICATE REQUEST").filter(l -> inner.getObjectAt(0) instanceof ASN1Integer);
    }

    private static Optional<String> ofVersion(ASN1Integer version, ASN1Encodable second, ASN1Sequence sequence) {
        int number = version.getValue().bitLength() > Integer.SIZE - 1
                ? -1
                : version.getValue().intValue();
        if (number == 3 && second instanceof ASN1Sequence) {
            return Optional.of(PKCS12);
        }
        if (second instanceof ASN1Sequence && sequence.size() > 2) {
            return Optional.of(PemBlock.PKCS8);
        }
        if (number == 1 && second instanceof ASN1OctetString) {
            return Optional.of("EC PRIVATE KEY");
        }
        if (second instanceof ASN1Integer && sequence.size() >= PKCS1_RSA) {
            return Optional.of("RSA PRIVATE KEY");
        }
        if (second instanceof ASN1Integer && sequence.size() == PKCS1_DSA) {
            return Optional.of("DSA PRIVATE KEY");
        }
        return second instanceof ASN1Integer && sequence.size() == 2 ? Optional.of("RSA PUBLIC KEY") : Optional.empty();
    }
}
