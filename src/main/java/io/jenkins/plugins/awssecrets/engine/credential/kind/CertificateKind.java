package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.keys.KeyStores;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultMint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client certificate with its private key, as a PKCS#12 key store. */
final class CertificateKind extends CredentialKind {
    private static final String STORE = "keyStore";
    private static final String PASSWORD = "password";

    CertificateKind() {
        super(
                "certificate",
                FieldSpec.secret(STORE, "key_store", "keystore").orBinary(),
                FieldSpec.secret(PASSWORD).optional().to("_PASSWORD"));
    }

    /** A key and its certificate, which Vault makes. */
    @Override
    public List<MintingWay> mintings() {
        return List.of(new MintingWay(
                VaultMint.PKI,
                false,
                List.of("role", Minting.COMMON_NAME),
                List.of("mount", "ttl"),
                Set.of(STORE, PASSWORD)));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        Minting made = new Minting(way.name(), settings);
        VaultMint.path(made);
        BuildText.checked(Minting.COMMON_NAME, made.required(Minting.COMMON_NAME), Minting.DNS_NAME);
        return made;
    }

    @Override
    protected List<String> composed() {
        return List.of("_KEYSTORE");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("_KEYSTORE", "keystore.p12", values.required(STORE));
    }

    @Override
    public Set<String> dependencies(String field) {
        return field.equals(STORE) ? Set.of(PASSWORD) : Set.of();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        return stored.value(STORE)
                .map(store -> Map.of(STORE, KeyStores.delivered(STORE, store, stored.value(PASSWORD))))
                .orElse(Map.of());
    }

    @Override
    public List<SecretException> remarks(FieldValues delivered, Instant now) {
        return delivered
                .value(STORE)
                .flatMap(store -> KeyStores.expiry(store, delivered.value(PASSWORD)))
                .filter(ends -> ends.isBefore(now))
                .map(ends -> List.of(new SecretException(
                        Problem.UNSUITABLE,
                        STORE,
                        "the certificate expired on "
                                + ends.atZone(ZoneOffset.UTC).toLocalDate(),
                        "store a renewed one")))
                .orElse(List.of());
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.CERTIFICATE);
    }
}
