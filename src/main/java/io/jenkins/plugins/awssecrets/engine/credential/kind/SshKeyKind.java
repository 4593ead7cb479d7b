package io.jenkins.plugins.awssecrets.engine.credential.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.SshKeys;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultMint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A private key for SSH, with the name to log in with. */
final class SshKeyKind extends CredentialKind {
    private static final String USERNAME = "username";
    private static final String CERTIFICATE_FILE = "_CERTIFICATE_FILE";
    private static final String KEY = "privateKey";
    private static final String PASSPHRASE = "passphrase";

    SshKeyKind() {
        super(
                "sshKey",
                FieldSpec.plain(USERNAME).optional().to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret(KEY, "private_key"),
                FieldSpec.secret(PASSPHRASE).optional().to("_PASSPHRASE"));
    }

    /** A key pair that Vault signs; the principal is the username. */
    @Override
    public List<MintingWay> mintings() {
        return List.of(new MintingWay(
                VaultMint.SSH, false, List.of("role"), List.of("mount", "ttl"), Set.of(KEY, PASSPHRASE)));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        Map<String, String> signed = new LinkedHashMap<>(settings);
        Optional.ofNullable(fields.get(USERNAME))
                .filter(name -> !name.isBlank())
                .ifPresent(name -> signed.put(USERNAME, name));
        Minting made = new Minting(way.name(), signed);
        VaultMint.path(made);
        return made;
    }

    @Override
    public Set<String> madeVariables() {
        return Set.of(CERTIFICATE_FILE);
    }

    /** Beside the key, where {@code ssh} looks for it by itself. */
    @Override
    public void deliverMade(Minting made, JsonNode object, FieldValues values, Delivery to) {
        to.file(
                CERTIFICATE_FILE,
                "key-cert.pub",
                SecretValue.of(object.path("certificate").asText()));
    }

    @Override
    protected List<String> composed() {
        return List.of("_KEY_FILE");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("_KEY_FILE", "key", values.required(KEY));
    }

    @Override
    public Set<String> dependencies(String field) {
        return field.equals(KEY) ? Set.of(PASSPHRASE) : Set.of();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        return stored.value(KEY)
                .map(key -> Map.of(KEY, SshKeys.delivered(KEY, key, stored.value(PASSPHRASE))))
                .orElse(Map.of());
    }

    @Override
    public List<SecretException> remarks(FieldValues delivered, Instant now) {
        boolean locked = delivered.value(PASSPHRASE).isEmpty()
                && delivered.value(KEY).filter(SshKeys::needsPassphrase).isPresent();
        return locked
                ? List.of(new SecretException(
                        Problem.UNSUITABLE,
                        KEY,
                        "the private key is encrypted, and the credential has no passphrase",
                        "give the credential its passphrase"))
                : List.of();
    }

    @Override
    protected boolean isTextOrObject() {
        return true;
    }

    @Override
    public Set<String> tagNames() {
        return Set.of("sshUserPrivateKey");
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("basicsshuserprivatekey", "sshprivatekey");
    }
}
