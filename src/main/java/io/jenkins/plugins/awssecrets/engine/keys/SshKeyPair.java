package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * An Ed25519 key pair that is made for one use.
 *
 * @param privateKey in OpenSSH's own format
 * @param publicKey a line, as {@code authorized_keys} has it
 */
public record SshKeyPair(SecretValue privateKey, String publicKey) {
    private static final int ED25519_FIELDS_BEFORE_SERIAL = 3;

    public static SshKeyPair make(SecureRandom random) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
        try {
            String pem = new PemBlock(PemBlock.OPENSSH, OpenSSHPrivateKeyUtil.encodePrivateKey(key)).text();
            byte[] publicKey = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
            return new SshKeyPair(
                    SecretValue.of(pem), "ssh-ed25519 " + Base64.getEncoder().encodeToString(publicKey));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a key to memory failed", e);
        }
    }

    /** When a certificate of such a key ends (openssh-portable, {@code PROTOCOL.certkeys}); empty for what is none. */
    public static Optional<Instant> end(String certificate) {
        try {
            ByteBuffer in = ByteBuffer.wrap(
                    Base64.getDecoder().decode(certificate.strip().split("\\s+")[1]));
            for (int i = 0; i < ED25519_FIELDS_BEFORE_SERIAL; i++) {
                skip(in, in.getInt());
            }
            skip(in, Long.BYTES + Integer.BYTES);
            skip(in, in.getInt());
            skip(in, in.getInt());
            skip(in, Long.BYTES);
            return Optional.of(in.getLong())
                    .filter(seconds -> seconds > 0 && seconds < Instant.MAX.getEpochSecond())
                    .map(Instant::ofEpochSecond);
        } catch (BufferUnderflowException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }
}
