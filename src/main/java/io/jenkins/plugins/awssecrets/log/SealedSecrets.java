package io.jenkins.plugins.awssecrets.log;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets on their way to one agent: encrypted with AES-256-GCM under a key that a fresh X25519 agreement (RFC 7748)
 * gives, so that a recorded channel, a dump of the message or a log of remoting shows nothing.
 */
final class SealedSecrets {
    private static final String CURVE = "X25519";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;

    // Each message has a key of its own, so the nonce need not vary.
    private static final byte[] NONCE = new byte[12];

    private SealedSecrets() {}

    /** @param publicKey the receiver's */
    static byte[] seal(Collection<SecretValue> values, byte[] publicKey) {
        try {
            KeyPair own = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
            byte[] ownPublic = own.getPublic().getEncoded();
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, own.getPrivate(), publicKey, ownPublic, publicKey);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(message);
            data.writeInt(ownPublic.length);
            data.write(ownPublic);
            data.write(cipher.doFinal(plain(values)));
            return message.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks " + CURVE + " or " + CIPHER, e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a write", e);
        }
    }

    /** The receiver's key: made on the agent, its private half never leaves it. */
    static final class Key {
        private final KeyPair pair;

        private Key(KeyPair pair) {
            this.pair = pair;
        }

        static Key generate() {
            try {
                return new Key(KeyPairGenerator.getInstance(CURVE).generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM lacks " + CURVE, e);
            }
        }

        byte[] publicKey() {
            return pair.getPublic().getEncoded();
        }

        /** @throws IllegalArgumentException when it was not sealed for this key, or changed on the way */
        List<SecretValue> open(byte[] sealed) {
            try {
                DataInputStream data = new DataInputStream(new ByteArrayInputStream(sealed));
                byte[] sender = data.readNBytes(Math.min(data.readInt(), sealed.length));
                byte[] body = data.readAllBytes();
                return values(cipher(Cipher.DECRYPT_MODE, pair.getPrivate(), sender, sender, publicKey())
                        .doFinal(body));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("no secrets sealed for this agent");
            }
        }
    }

    /** @param other the public key to agree with; sender and receiver bind the key to this message */
    private static Cipher cipher(int mode, PrivateKey own, byte[] other, byte[] sender, byte[] receiver)
            throws GeneralSecurityException {
        PublicKey peer = KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(other));
        KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(own);
        agreement.doPhase(peer, true);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(agreement.generateSecret());
        digest.update(sender);
        digest.update(receiver);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(digest.digest(), "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
        return cipher;
    }

    private static byte[] plain(Collection<SecretValue> values) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(plain);
        data.writeInt(values.size());
        for (SecretValue value : values) {
            byte[] bytes = value.bytes();
            data.writeInt(bytes.length);
            data.write(bytes);
        }
        return plain.toByteArray();
    }

    private static List<SecretValue> values(byte[] plain) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(plain));
        List<SecretValue> values = new ArrayList<>();
        for (int left = data.readInt(); left > 0; left--) {
            values.add(SecretValue.of(data.readNBytes(data.readInt())));
        }
        Arrays.fill(plain, (byte) 0);
        return values;
    }
}
