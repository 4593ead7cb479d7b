package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.keys.SshKeyPair;
import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes what Vault's SSH and PKI engines make for a login: signed keys, and certificates with their keys. */
public final class VaultMint {
    public static final String SSH = "vaultSsh";
    public static final String PKI = "vaultPki";

    private static final Pattern MOUNT = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int PASSWORD_BYTES = 24;

    private final String source;
    private final AuthorizedCalls calls;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    VaultMint(String source, AuthorizedCalls calls, Clock clock) {
        this.source = source;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * What a login needs {@code update} on.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) whose subject is the setting, for one that names no such path
     */
    public static String path(Minting minting) {
        String mount = mount(minting);
        String role = minting.required("role");
        String path = mount + (minting.way().equals(SSH) ? "/sign/" : "/issue/") + role;
        try {
            if (!MOUNT.matcher(mount).matches()) {
                throw malformed("mount", "it is not the path of a mount", "write it as Vault lists it, such as pki");
            }
            if (!ROLE.matcher(role).matches()) {
                throw malformed("role", "it is not the name of a role", "write it as Vault lists it");
            }
            Reference.of("vault", path, Optional.empty()).checkFor(SourceKind.VAULT);
            return path;
        } catch (MalformedReferenceException e) {
            throw malformed("mount", e.reason(), e.fix());
        }
    }

    /** What a login needs {@code update} on to end what it made; empty for what ends by itself. */
    public static Optional<String> revokePath(Minting minting) {
        return minting.way().equals(PKI) ? Optional.of(CertificateLease.path(mount(minting))) : Optional.empty();
    }

    private static String mount(Minting minting) {
        return minting.setting("mount").orElse(minting.way().equals(SSH) ? "ssh" : "pki");
    }

    private static SecretException malformed(String setting, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, setting, reason, fix);
    }

    SecretPayload make(Locator locator, Deadline deadline) {
        Minting minting = Minting.of(locator)
                .orElseThrow(() -> malformed("source " + source, "no such value", "declare it anew"));
        return switch (minting.way()) {
            case SSH -> ssh(locator, minting, deadline);
            case PKI -> pki(locator, minting, deadline);
            default ->
                throw malformed("source " + source, "it makes no " + minting.way(), "name a source of AWS' for it");
        };
    }

    private SecretPayload ssh(Locator locator, Minting minting, Deadline deadline) {
        SshKeyPair pair = SshKeyPair.make(random);
        ObjectNode body = VaultJson.object().put("public_key", pair.publicKey()).put("cert_type", "user");
        minting.setting("username").ifPresent(name -> body.put("valid_principals", name));
        minting.setting("ttl").ifPresent(ttl -> body.put("ttl", ttl));
        Reply reply = send(locator, minting, body, deadline);
        String certificate =
                reply.answer().json().path("data").path("signed_key").asText("");
        if (certificate.isBlank()) {
            throw incomplete(locator);
        }
        ObjectNode made = JsonTree.object();
        made.put("privateKey", pair.privateKey().reveal());
        made.put("certificate", certificate.strip() + "\n");
        return payload(made, SshKeyPair.end(certificate), PlainReader.lease(reply, clock));
    }

    private SecretPayload pki(Locator locator, Minting minting, Deadline deadline) {
        String name = minting.required("commonName");
        if (BuildText.isIn(name)) {
            throw new SecretException(
                    Problem.REFUSED,
                    locator.toString(),
                    "its common name has the job or folder of a build, and no build asks",
                    "use it in a build, or write a common name without ${...}");
        }
        ObjectNode body = VaultJson.object().put("common_name", name).put("format", "pem");
        minting.setting("ttl").ifPresent(ttl -> body.put("ttl", ttl));
        Reply reply = send(locator, minting, body, deadline);
        JsonNode data = reply.answer().json().path("data");
        String certificate = data.path("certificate").asText("");
        String key = data.path("private_key").asText("");
        if (certificate.isBlank() || key.isBlank()) {
            throw incomplete(locator);
        }
        StringBuilder pem = new StringBuilder(key.strip())
                .append('\n')
                .append(certificate.strip())
                .append('\n');
        JsonNode chain = data.path("ca_chain");
        (chain.isEmpty() ? List.of(data.path("issuing_ca")) : chain)
                .forEach(ca -> pem.append(ca.asText("").strip()).append('\n'));
        byte[] password = new byte[PASSWORD_BYTES];
        random.nextBytes(password);
        ObjectNode made = JsonTree.object();
        made.put("keyStore", pem.toString());
        made.put("password", Base64.getUrlEncoder().withoutPadding().encodeToString(password));
        Optional<Instant> end = Optional.of(data.path("expiration").asLong())
                .filter(seconds -> seconds > 0)
                .map(Instant::ofEpochSecond);
        String serial = data.path("serial_number").asText("");
        Optional<Lease> revoked = end.filter(at -> !serial.isBlank())
                .map(at -> new CertificateLease(mount(minting), serial, at).lease(clock.instant()));
        return payload(made, end, PlainReader.lease(reply, clock).or(() -> revoked));
    }

    private SecretPayload payload(ObjectNode made, Optional<Instant> end, Optional<Lease> lease) {
        end.ifPresent(at -> made.put(Minting.EXPIRATION, at.toString()));
        return SecretPayload.made(SecretValue.of(made.toString()), clock.instant(), lease);
    }

    private Reply send(Locator locator, Minting minting, ObjectNode body, Deadline deadline) {
        String path = path(minting);
        Reply reply = calls.send(VaultRequest.post(path, body).once(), deadline);
        if (reply.answer().ok()) {
            return reply;
        }
        // The SSH engine begins with a capital, the PKI engine does not.
        boolean noRole = reply.answer().says("unknown role") || reply.answer().says("Unknown role");
        if (reply.answer().status() == 404 || noRole) {
            throw new SecretException(
                    Problem.NOT_FOUND,
                    locator.toString(),
                    "Vault has no " + path,
                    "check the mount and the role; of a mount in a namespace, set the namespace of the source");
        }
        if (reply.answer().status() == 400 && !reply.answer().says("missing client token")) {
            throw new SecretException(
                    Problem.REFUSED,
                    locator.toString(),
                    "the role refused it (400)",
                    minting.way().equals(SSH)
                            ? "allow the username in allowed_users of the role, user certificates, and the TTL"
                            : "allow the common name in allowed_domains of the role, with allow_subdomains, and the"
                                    + " TTL");
        }
        throw Denials.of(locator.toString(), reply, "update", path);
    }

    private static SecretException incomplete(Locator locator) {
        return new SecretException(
                Problem.WRONG_SHAPE,
                locator.toString(),
                "Vault's answer lacks the certificate",
                "check that it is a mount of the SSH or PKI engine");
    }
}
