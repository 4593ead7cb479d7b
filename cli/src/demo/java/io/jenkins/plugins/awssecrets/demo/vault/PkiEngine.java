package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The PKI engine's {@code issue/<role>}, {@code revoke} and {@code cert/ca}. A role's field {@code allowedDomain} is one that common names
 * are below; without it any is allowed. With the field {@code generateLease} a certificate has a lease, with {@code noStore} it
 * is forgotten.
 */
final class PkiEngine implements Engine {
    private static final String AUTHORITY = "Demo CA";

    private record Stored(X509Certificate certificate, Optional<String> lease, Optional<Instant> revoked) {}

    private final MountSeed seed;
    private final Leases leases;
    private final Clock clock;
    private final KeyPair keys = pair();
    private final X509Certificate authority;
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();
    private long serial = 1;

    PkiEngine(MountSeed seed, Leases leases, Clock clock) {
        this.seed = seed;
        this.leases = leases;
        this.clock = clock;
        this.authority = certificate(keys, AUTHORITY, Duration.ofDays(3650), true);
    }

    @Override
    public VaultReply answer(VaultRequest request, Token caller) {
        String path = request.path();
        if (path.equals("cert/ca") && request.verb() == VaultRequest.Verb.READ) {
            return VaultReply.leased(VaultReply.object().put("certificate", pem(authority)), "", 0, false);
        }
        if (path.startsWith("cert/") && request.verb() == VaultRequest.Verb.READ) {
            return read(path.substring("cert/".length()));
        }
        if (path.equals("revoke") && request.verb() == VaultRequest.Verb.WRITE) {
            return revoke(request.body().path("serial_number").asText(""));
        }
        if (!path.startsWith("issue/") || request.verb() != VaultRequest.Verb.WRITE) {
            throw VaultError.unsupported();
        }
        String name = path.substring("issue/".length());
        MountSeed.Role role = seed.roles().get(name);
        if (role == null) {
            throw VaultError.badRequest("unknown role: " + name);
        }
        String commonName = request.body().path("common_name").asText("");
        String domain = role.fields().getOrDefault("allowedDomain", "");
        if (commonName.isEmpty() || !domain.isEmpty() && !commonName.endsWith("." + domain)) {
            throw VaultError.badRequest("common name " + commonName + " not allowed by this role");
        }
        Duration life = Ttl.parse(request.body().path("ttl").asText(role.ttl()));
        KeyPair pair = pair();
        X509Certificate certificate = certificate(pair, commonName, life, false);
        ObjectNode data = VaultReply.object();
        data.put("certificate", pem(certificate));
        data.put("issuing_ca", pem(authority));
        data.putArray("ca_chain").add(pem(authority));
        data.put("private_key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        data.put("private_key_type", "ec");
        data.put("serial_number", serial(certificate));
        data.put("expiration", certificate.getNotAfter().toInstant().getEpochSecond());
        if (!role.fields().containsKey("noStore")) {
            stored.put(serial(certificate), new Stored(certificate, Optional.empty(), Optional.empty()));
        }
        if (!role.fields().containsKey("generateLease")) {
            return VaultReply.leased(data, "", 0, false);
        }
        Leases.Lease lease = leases.issue(seed.path() + "/" + path, caller, life, Optional.empty(), false);
        stored.put(serial(certificate), new Stored(certificate, Optional.of(lease.id), Optional.empty()));
        return VaultReply.leased(data, lease.id, life.toSeconds(), false);
    }

    private VaultReply revoke(String serialNumber) {
        Stored found = stored.get(serialNumber);
        if (found == null) {
            throw VaultError.badRequest("certificate with serial " + serialNumber + " not found");
        }
        if (found.revoked().isEmpty()) {
            stored.put(serialNumber, new Stored(found.certificate(), found.lease(), Optional.of(clock.instant())));
        }
        return described(stored.get(serialNumber));
    }

    private VaultReply read(String serialNumber) {
        Stored found = stored.get(serialNumber.replace('-', ':'));
        if (found == null) {
            throw VaultError.notFound();
        }
        return described(found);
    }

    private VaultReply described(Stored certificate) {
        boolean over = certificate.lease().filter(id -> !leases.isActive(id)).isPresent();
        ObjectNode data = VaultReply.object();
        data.put("certificate", pem(certificate.certificate()));
        data.put(
                "revocation_time",
                certificate.revoked().map(Instant::getEpochSecond).orElse(over ? 1L : 0L));
        return VaultReply.leased(data, "", 0, false);
    }

    /** Bytes with colons between them, as Vault writes it. */
    private static String serial(X509Certificate certificate) {
        String digits = certificate.getSerialNumber().toString(16);
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return even.replaceAll("(..)(?=.)", "$1:");
    }

    private synchronized X509Certificate certificate(KeyPair of, String name, Duration life, boolean isAuthority) {
        Instant now = clock.instant();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + AUTHORITY),
                    BigInteger.valueOf(serial++),
                    Date.from(now.minusSeconds(30)),
                    Date.from(now.plus(life)),
                    new X500Name("CN=" + name),
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks the curve P-256", e);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----";
    }

    @Override
    public ObjectNode describe() {
        ObjectNode node = VaultReply.object().put("type", "pki");
        node.putNull("options");
        return node;
    }
}
