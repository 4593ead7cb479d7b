package io.jenkins.plugins.awssecrets.engine.keys;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The frame of a key in OpenSSH's own format (openssh-portable, {@code PROTOCOL.key}).
 *
 * @param encrypted whether a passphrase protects it
 */
record OpenSshKey(boolean encrypted) {
    private static final int MAGIC = "openssh-key-v1\0".length();
    private static final int PADDED_TO = 8;

    /** Empty for what is damaged: cut short, or not consistent in itself. */
    static Optional<OpenSshKey> of(byte[] content) {
        try {
            ByteBuffer in = ByteBuffer.wrap(content).position(MAGIC);
            String cipher = new String(string(in), StandardCharsets.US_ASCII);
            string(in);
            string(in);
            int keys = in.getInt();
            byte[] publicKey = string(in);
            ByteBuffer secret = ByteBuffer.wrap(string(in));
            if (keys != 1) {
                return Optional.empty();
            }
            boolean encrypted = !cipher.equals("none");
            boolean sound = encrypted ? secret.remaining() >= PADDED_TO : isSound(secret, ByteBuffer.wrap(publicKey));
            return Optional.of(new OpenSshKey(encrypted)).filter(key -> sound);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Two equal numbers come first, then the key of the type that the public part has; the padding counts from 1. */
    private static boolean isSound(ByteBuffer secret, ByteBuffer publicKey) {
        boolean equal = secret.getInt() == secret.getInt();
        boolean sameType = ByteBuffer.wrap(string(secret)).equals(ByteBuffer.wrap(string(publicKey)));
        return equal && sameType && secret.limit() % PADDED_TO == 0;
    }

    private static byte[] string(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
