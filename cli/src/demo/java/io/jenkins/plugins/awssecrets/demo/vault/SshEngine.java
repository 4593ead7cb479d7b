package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * The SSH engine's signed certificates (openssh-portable, {@code PROTOCOL.certkeys}): {@code sign/<role>}, for Ed25519 keys
 * of users. A role's field {@code allowedUsers} has names with commas between them; without it any is allowed.
 */
final class SshEngine implements Engine {
    private static final String TYPE = "ssh-ed25519-cert-v01@openssh.com";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 32;
    private static final int OF_USER = 1;

    private final MountSeed seed;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Ed25519PrivateKeyParameters authority = new Ed25519PrivateKeyParameters(random);
    private long serial;

    SshEngine(MountSeed seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    @Override
    public VaultReply answer(VaultRequest request, Token caller) {
        String path = request.path();
        if (path.equals("config/ca") && request.verb() == VaultRequest.Verb.READ) {
            ObjectNode data = VaultReply.object();
            data.put("public_key", "ssh-ed25519 " + Base64.getEncoder().encodeToString(publicKey()) + "\n");
            return VaultReply.leased(data, "", 0, false);
        }
        if (!path.startsWith("sign/") || request.verb() != VaultRequest.Verb.WRITE) {
            throw VaultError.unsupported();
        }
        MountSeed.Role role = seed.roles().get(path.substring("sign/".length()));
        if (role == null) {
            throw VaultError.badRequest("Unknown role: " + path.substring("sign/".length()));
        }
        ObjectNode data = VaultReply.object();
        synchronized (this) {
            serial++;
            data.put("serial_number", String.format("%016x", serial));
            data.put("signed_key", TYPE + " " + Base64.getEncoder().encodeToString(sign(request.body(), role)) + "\n");
        }
        return VaultReply.leased(data, "", 0, false);
    }

    private byte[] sign(ObjectNode body, MountSeed.Role role) {
        String users = body.path("valid_principals").asText("");
        String allowed = role.fields().getOrDefault("allowedUsers", "*");
        if (users.isEmpty()
                || !allowed.equals("*") && !Arrays.asList(allowed.split(",")).contains(users)) {
            throw VaultError.badRequest(
                    users.isEmpty()
                            ? "empty valid principals not allowed by role"
                            : users + " is not a valid value for valid_principals");
        }
        Duration life = Ttl.parse(body.path("ttl").asText(role.ttl()));
        byte[] key = key(body.path("public_key").asText(""));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteArrayOutputStream certificate = new ByteArrayOutputStream();
        certificate.writeBytes(strings(text(TYPE), nonce, key));
        certificate.writeBytes(number(Long.BYTES, serial));
        certificate.writeBytes(number(Integer.BYTES, OF_USER));
        certificate.writeBytes(strings(text("vault-demo-" + users), strings(text(users))));
        certificate.writeBytes(number(Long.BYTES, clock.instant().getEpochSecond() - 30));
        certificate.writeBytes(number(Long.BYTES, clock.instant().plus(life).getEpochSecond()));
        byte[] none = {};
        certificate.writeBytes(strings(none, strings(text("permit-pty"), none), none, publicKey()));
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, authority);
        byte[] whole = certificate.toByteArray();
        signer.update(whole, 0, whole.length);
        certificate.writeBytes(strings(strings(text("ssh-ed25519"), signer.generateSignature())));
        return certificate.toByteArray();
    }

    private byte[] publicKey() {
        try {
            return OpenSSHPublicKeyUtil.encodePublicKey(authority.generatePublicKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] key(String line) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length < 2 || !parts[0].equals("ssh-ed25519")) {
            throw VaultError.badRequest("failed to parse public_key as SSH key");
        }
        byte[] blob = Base64.getDecoder().decode(parts[1]);
        return Arrays.copyOfRange(blob, blob.length - KEY_BYTES, blob.length);
    }

    private static byte[] strings(byte[]... strings) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            all.writeBytes(number(Integer.BYTES, string.length));
            all.writeBytes(string);
        }
        return all.toByteArray();
    }

    private static byte[] number(int bytes, long value) {
        ByteBuffer number = ByteBuffer.allocate(bytes);
        return (bytes == Long.BYTES ? number.putLong(value) : number.putInt((int) value)).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public ObjectNode describe() {
        ObjectNode node = VaultReply.object().put("type", "ssh");
        node.putNull("options");
        return node;
    }
}
