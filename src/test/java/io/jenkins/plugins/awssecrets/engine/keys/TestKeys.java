package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.MiscPEMGenerator;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys and certificates that are made for a test, in every format that tools write. */
public final class TestKeys {
    public static final String PASSPHRASE = "correct horse";

    private TestKeys() {}

    public static KeyPair rsa() {
        return pair("RSA", null);
    }

    public static KeyPair ec(String curve) {
        return pair("EC", curve);
    }

    public static KeyPair ed25519() {
        return pair("Ed25519", null);
    }

    public static KeyPair pair(String algorithm, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#1 or SEC1. */
    public static String traditional(KeyPair pair) {
        return traditional(pair, null);
    }

    public static String encryptedTraditional(KeyPair pair) {
        return traditional(
                pair,
                new JcePEMEncryptorBuilder("AES-128-CBC")
                        .setProvider(new BouncyCastleProvider())
                        .build(PASSPHRASE.toCharArray()));
    }

    public static String pkcs8(KeyPair pair) {
        return new PemBlock(PemBlock.PKCS8, pair.getPrivate().getEncoded()).text();
    }

    public static String encryptedPkcs8(KeyPair pair) {
        try {
            return pem(new JcaPKCS8Generator(
                    pair.getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPRF(PKCS8Generator.PRF_HMACSHA256)
                            .setPassword(PASSPHRASE.toCharArray())
                            .build()));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of an RSA or an Ed25519 key. */
    public static String openSsh(KeyPair pair) {
        if (pair.getPrivate() instanceof RSAPrivateCrtKey rsa) {
            byte[] publicKey = strings(text("ssh-rsa"), number(rsa.getPublicExponent()), number(rsa.getModulus()));
            return frame(
                    "none",
                    "none",
                    publicKey,
                    strings(
                            text("ssh-rsa"),
                            number(rsa.getModulus()),
                            number(rsa.getPublicExponent()),
                            number(rsa.getPrivateExponent()),
                            number(rsa.getCrtCoefficient()),
                            number(rsa.getPrimeP()),
                            number(rsa.getPrimeQ()),
                            text("ci@example")));
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
            return new PemBlock(
                            PemBlock.OPENSSH, OpenSSHPrivateKeyUtil.encodePrivateKey(PrivateKeyFactory.createKey(info)))
                    .text();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The frame of an encrypted key; what is in it is of no use. */
    public static String encryptedOpenSsh() {
        return frame("aes256-ctr", "bcrypt", strings(text("ssh-ed25519"), new byte[32]), new byte[64]);
    }

    private static String frame(String cipher, String derivation, byte[] publicKey, byte[] secret) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(new byte[] {1, 2, 3, 4, 1, 2, 3, 4});
        padded.writeBytes(secret);
        for (int i = 1; padded.size() % 8 != 0; i++) {
            padded.write(i);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text("openssh-key-v1\0"));
        all.writeBytes(strings(text(cipher), text(derivation), new byte[0]));
        all.writeBytes(new byte[] {0, 0, 0, 1});
        all.writeBytes(strings(publicKey, padded.toByteArray()));
        return new PemBlock(PemBlock.OPENSSH, all.toByteArray()).text();
    }

    private static byte[] strings(byte[]... strings) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            all.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(string.length).array());
            all.writeBytes(string);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(BigInteger number) {
        return number.toByteArray();
    }

    public static X509Certificate certificate(KeyPair subject, String name, KeyPair issuer, String issuerName) {
        return certificate(subject, name, issuer, issuerName, Instant.now().plus(Duration.ofDays(30)));
    }

    public static X509Certificate certificate(
            KeyPair subject, String name, KeyPair issuer, String issuerName, Instant end) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuerName),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(end.minus(Duration.ofDays(60))),
                Date.from(end),
                new X500Name("CN=" + name),
                subject.getPublic());
        String algorithm = issuer.getPrivate().getAlgorithm().equals("RSA")
                ? "SHA256withRSA"
                : issuer.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return new PemBlock(PemBlock.CERTIFICATE, certificate.getEncoded()).text();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] store(String type, String password, KeyPair key, X509Certificate... chain) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            if (key == null) {
                store.setCertificateEntry("ca", chain[0]);
            } else {
                store.setKeyEntry("key", key.getPrivate(), password.toCharArray(), chain);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] der(String pem) {
        return KeyText.of(SecretValue.of(pem)).blocks().get(0).content();
    }

    private static String pem(PemObjectGenerator generator) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(generator);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static String traditional(KeyPair pair, PEMEncryptor encryptor) {
        try {
            return pem(new MiscPEMGenerator(withCurve(pair.getPrivate()), encryptor));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** OpenSSL names the curve in the key itself, the JDK only beside it. */
    private static PrivateKeyInfo withCurve(PrivateKey key) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        return key instanceof ECPrivateKey ec
                ? new PrivateKeyInfo(
                        info.getPrivateKeyAlgorithm(),
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                                ec.getParams().getOrder().bitLength(),
                                ec.getS(),
                                info.getPrivateKeyAlgorithm().getParameters()))
                : info;
    }
}
