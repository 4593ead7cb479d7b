package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.StringReader;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;

/** Reads private keys of every PEM format: PKCS#1, SEC1, PKCS#8 and OpenSSH's, with a passphrase or without. */
final class PrivateKeys {
    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = Map.of(
            PKCSObjectIdentifiers.rsaEncryption, "RSA",
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            X9ObjectIdentifiers.id_dsa, "DSA",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519",
            EdECObjectIdentifiers.id_Ed448, "Ed448");

    private static final Set<ASN1ObjectIdentifier> SSH_CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private final Unsuitable unsuitable;

    PrivateKeys(Unsuitable unsuitable) {
        this.unsuitable = unsuitable;
    }

    /** The key in PKCS#8. Wrong passphrases and damage are told by name; a passphrase that is not needed is ignored. */
    PrivateKeyInfo read(PemBlock block, Optional<SecretValue> passphrase) {
        if (block.label().equals(PemBlock.OPENSSH)) {
            return openSsh(block);
        }
        if (block.isEncrypted() && passphrase.filter(p -> !p.isEmpty()).isEmpty()) {
            throw unsuitable.because(
                    "the private key is encrypted, and no passphrase is given", "give it its passphrase");
        }
        String password = passphrase.map(SecretValue::reveal).orElse("");
        try {
            return block.label().equals(PemBlock.ENCRYPTED_PKCS8)
                    ? decrypted(block.content(), password)
                    : info(block, password);
        } catch (SecretException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Without the cause: what a parser says of the bytes it read may hold some of them.
            throw block.isEncrypted() ? locked() : damaged();
        }
    }

    private PrivateKeyInfo info(PemBlock block, String password) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(block.text()))) {
            Object parsed = parser.readObject();
            if (parsed instanceof PEMEncryptedKeyPair encrypted) {
                return encrypted
                        .decryptKeyPair(new BcPEMDecryptorProvider(password.toCharArray()))
                        .getPrivateKeyInfo();
            }
            if (parsed instanceof PEMKeyPair pair) {
                return pair.getPrivateKeyInfo();
            }
            return (PrivateKeyInfo) parsed;
        }
    }

    /** By the JDK, which needs no provider for it. */
    private PrivateKeyInfo decrypted(byte[] content, String password) throws IOException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
        Cipher cipher;
        SecretKey key;
        try {
            AlgorithmParameters parameters = encrypted.getAlgParameters();
            if (parameters == null) {
                throw new NoSuchAlgorithmException(encrypted.getAlgName());
            }
            // The name of what PBES2 (RFC 8018) is made of is the text of its parameters.
            String algorithm = encrypted.getAlgName().equals("PBES2")
                            || encrypted.getAlgName().equals(PKCSObjectIdentifiers.id_PBES2.getId())
                    ? parameters.toString()
                    : encrypted.getAlgName();
            if (algorithm == null) {
                throw new NoSuchAlgorithmException(encrypted.getAlgName());
            }
            key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        } catch (GeneralSecurityException e) {
            throw unsuitable.because(
                    "the private key is encrypted in a way that is not supported",
                    "convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY");
        }
        try {
            return PrivateKeyInfo.getInstance(encrypted.getKeySpec(cipher).getEncoded());
        } catch (GeneralSecurityException e) {
            throw locked();
        }
    }

    private PrivateKeyInfo openSsh(PemBlock block) {
        OpenSshKey frame = OpenSshKey.of(block.content()).orElseThrow(this::damaged);
        if (frame.encrypted()) {
            throw unsuitable.because(
                    "it is an encrypted OpenSSH key", "convert it with: ssh-keygen -p -m PKCS8 -N '' -f KEY");
        }
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(
                    OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(block.content()));
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    /** The key for the JDK's providers. */
    PrivateKey key(PrivateKeyInfo info) {
        String algorithm = algorithm(info)
                .orElseThrow(() -> unsuitable.because("its private key is of an algorithm that is not supported"));
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw damaged();
        }
    }

    /** The key in a format that {@code ssh} reads; not for those in OpenSSH's own format. */
    PemBlock forSsh(PemBlock block, Optional<SecretValue> passphrase) {
        PrivateKeyInfo info = read(block, passphrase);
        String algorithm = algorithm(info).orElse("");
        if (algorithm.isEmpty() || algorithm.equals("Ed448")) {
            throw unsuitable.because(
                    "it is a private key of an algorithm that SSH does not use",
                    "make one with: ssh-keygen -t ed25519");
        }
        // A curve that is not named is none of them.
        if (algorithm.equals("EC")
                && !(info.getPrivateKeyAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                        && SSH_CURVES.contains(curve))) {
            throw unsuitable.because(
                    "it is a private key on a curve that SSH does not use", "make one with: ssh-keygen -t ecdsa");
        }
        // OpenSSH reads Ed25519 in PKCS#8 from 9.6 on only.
        return algorithm.equals("Ed25519") && !block.isEncrypted() ? toOpenSsh(info) : block;
    }

    /** Empty for one that signs nothing, or that the JDK does not have. */
    private static Optional<String> algorithm(PrivateKeyInfo info) {
        return Optional.ofNullable(ALGORITHMS.get(info.getPrivateKeyAlgorithm().getAlgorithm()));
    }

    private PemBlock toOpenSsh(PrivateKeyInfo info) {
        try {
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            return new PemBlock(PemBlock.OPENSSH, OpenSSHPrivateKeyUtil.encodePrivateKey(key));
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    private SecretException locked() {
        return unsuitable.because("the passphrase does not open the private key", "give it the right passphrase");
    }

    private SecretException damaged() {
        return unsuitable.because("the private key is damaged", "store it again, whole");
    }
}
